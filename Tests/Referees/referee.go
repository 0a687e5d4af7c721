// The referee for trees, proofs and notes: golang.org/x/mod/sumdb/tlog and note, which share no code with
// tonne. It reads one JSON object a line from standard input and prints what differs, then the counts.
package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A case is a tree with two proofs, or a note. The leaves of a tree are the texts "tree T leaf I".
type testCase struct {
	Tree, Size, Index, Old int64
	Root, OldRoot          []byte
	Inclusion, Consistency [][]byte
	// Proofs that were changed: no referee may accept them.
	BadIndex                     int64
	BadInclusion, BadConsistency [][]byte
	// A note, the key that must have signed it, and whether tonne accepts it.
	Note     []byte
	Key      string
	Accepted bool
}

var failures int

func expect(holds bool, what string, c testCase) {
	if !holds {
		failures++
		fmt.Printf("tree %d, size %d: %s\n", c.Tree, c.Size, what)
	}
}

func hashes(list [][]byte) []tlog.Hash {
	out := make([]tlog.Hash, len(list))
	for i, item := range list {
		copy(out[i][:], item)
	}
	return out
}

func same(a, b []tlog.Hash) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func root(size int64, reader tlog.HashReader) tlog.Hash {
	if size == 0 {
		return tlog.Hash(sha256.Sum256(nil))
	}
	hash, err := tlog.TreeHash(size, reader)
	if err != nil {
		panic(err)
	}
	return hash
}

func tree(c testCase) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = stored[index]
		}
		return out, nil
	})
	leaf := func(number int64) []byte { return []byte(fmt.Sprintf("tree %d leaf %d", c.Tree, number)) }
	for number := int64(0); number < c.Size; number++ {
		more, err := tlog.StoredHashes(number, leaf(number), reader)
		if err != nil {
			panic(err)
		}
		stored = append(stored, more...)
	}
	top, old := root(c.Size, reader), root(c.Old, reader)
	expect(same([]tlog.Hash{top}, hashes([][]byte{c.Root})), "another root", c)
	expect(same([]tlog.Hash{old}, hashes([][]byte{c.OldRoot})), "another root of the old size", c)
	if c.Size == 0 {
		return
	}
	record := tlog.RecordHash(leaf(c.Index))
	proof, err := tlog.ProveRecord(c.Size, c.Index, reader)
	expect(err == nil && same(proof, hashes(c.Inclusion)), "another inclusion proof", c)
	expect(tlog.CheckRecord(hashes(c.Inclusion), c.Size, top, c.Index, record) == nil, "inclusion proof refused", c)
	expect(tlog.CheckRecord(hashes(c.BadInclusion), c.Size, top, c.BadIndex, record) != nil, "bad inclusion proof accepted", c)
	consistency, err := tlog.ProveTree(c.Size, c.Old, reader)
	expect(err == nil && same(consistency, hashes(c.Consistency)), "another consistency proof", c)
	expect(tlog.CheckTree(hashes(c.Consistency), c.Size, top, c.Old, old) == nil, "consistency proof refused", c)
	expect(tlog.CheckTree(hashes(c.BadConsistency), c.Size, top, c.Old, old) != nil, "bad consistency proof accepted", c)
}

// What tonne accepts, the referee must accept. The other way round it may be laxer: it reads base64
// whose last bits are not zero.
func signedNote(c testCase) bool {
	verifier, err := note.NewVerifier(c.Key)
	if err != nil {
		expect(false, "key refused: "+err.Error(), c)
		return false
	}
	_, err = note.Open(c.Note, note.VerifierList(verifier))
	expect(err == nil || !c.Accepted, fmt.Sprintf("note accepted by tonne alone: %v\n%s", err, c.Note), c)
	return err == nil
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	trees, notes, opened, accepted := 0, 0, 0, 0
	for input.Scan() {
		var c testCase
		if err := json.Unmarshal(input.Bytes(), &c); err != nil {
			panic(err)
		}
		if c.Note == nil {
			tree(c)
			trees++
			continue
		}
		notes++
		if c.Accepted {
			accepted++
		}
		if signedNote(c) {
			opened++
		}
	}
	fmt.Printf("%d trees, %d notes, opened %d, by tonne %d, differences %d\n", trees, notes, opened, accepted, failures)
	if failures > 0 || input.Err() != nil || trees+notes == 0 {
		os.Exit(1)
	}
}

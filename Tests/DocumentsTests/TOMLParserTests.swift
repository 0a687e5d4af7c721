internal import Documents
internal import TestSupport
internal import Testing

/// What TOML is, by https://toml.io/en/v1.0.0; its examples, and what it calls invalid.
@Suite("TOML")
struct TOMLParserTests {
    /// A value as `toml-test` would write it, in one line.
    private static func text(_ value: TOMLValue) -> String {
        switch value {
        case .string(let text): "s:\(text)"
        case .integer(let number): "i:\(number)"
        case .boolean(let boolean): "b:\(boolean)"
        case .date(let year, let month, let day): "d:\(year)/\(month)/\(day)"
        case .other(let text): "o:\(text)"
        case .array(let values): "[\(values.map(text).joined(separator: " "))]"
        case .table(let table): text(table)
        }
    }

    private static func text(_ table: TOMLTable) -> String {
        let members = table.keys.map { key in "\(key)=\(table[key].map { text($0.value) } ?? "")" }
        return "{\(members.joined(separator: " "))}"
    }

    @Test(
        "has these values",
        arguments: [
            ("", "{}"), ("# only\n\n \t# this", "{}"), ("a = 1", "{a=i:1}"),
            ("\u{feff}a=1\r\n", "{a=i:1}"),
            ("bare_key-1 = true", "{bare_key-1=b:true}"), ("1234 = 'v'", "{1234=s:v}"),
            ("\"127.0.0.1\" = 1\n'' = 2\n\"ʎǝʞ\" = 3", "{127.0.0.1=i:1 =i:2 ʎǝʞ=i:3}"),
            ("a . b.'c.d' = 1\na.e = 2", "{a={b={c.d=i:1} e=i:2}}"),
            ("3.14159 = 'pi'", "{3={14159=s:pi}}"),
            (#"a = "I'm a \"q\".\t\u00E9\U0001F600\\""#, "{a=s:I'm a \"q\".\té😀\\}"),
            ("a = \"\"\"\nRoses\nare\"\" \\\n   \n  red\"\"\"\"\"", "{a=s:Roses\nare\"\" red\"\"}"),
            ("a = 'C:\\n'\nb = '''\n'That' \\ \n''''", "{a=s:C:\\n b=s:'That' \\ \n'}"),
            ("a = \"\"\nb = ''", "{a=s: b=s:}"),
            (
                "a = +99\nb = -0\nc = 5_349_221\nd = 0xDEAD_beef\ne = 0o755\nf = 0b1101",
                "{a=i:99 b=i:0 c=i:5349221 d=i:3735928559 e=i:493 f=i:13}"
            ),
            (
                "a = 9223372036854775807\nb = -9223372036854775808",
                "{a=i:9223372036854775807 b=i:-9223372036854775808}"
            ),
            (
                "a = [3.14, -0.01, 5e+22, 1e06, 6.626E-34, 9_8.1_2, inf, -nan, +0.0]",
                "{a=[o:3.14 o:-0.01 o:5e+22 o:1e06 o:6.626E-34 o:9_8.1_2 o:inf o:-nan o:+0.0]}"
            ),
            (
                "a = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00.999-07:00, 1979-05-27t07:32:00]",
                "{a=[o:1979-05-27T07:32:00Z o:1979-05-27 07:32:00.999-07:00 o:1979-05-27t07:32:00]}"
            ),
            ("a = 2000-02-29\nb = 07:32:00.5 # five", "{a=d:2000/2/29 b=o:07:32:00.5}"),
            ("a = [ 1, # one\n [ 'x', ],\n\n]\nb = []", "{a=[i:1 [s:x]] b=[]}"),
            (
                "a = { b = 1, c.d = [ { e = 2 } ] , c.f = 3 }\ng = {}",
                "{a={b=i:1 c={d=[{e=i:2}] f=i:3}} g={}}"
            ),
            ("[ d . \"e.f\" ]\na=1\n[d]\nb=2", "{d={e.f={a=i:1} b=i:2}}"),
            ("[x.y.z.w]\n[x]\na=1", "{x={y={z={w={}}} a=i:1}}"),
            (
                "[fruit]\napple.color = 'red'\n[fruit.apple.taste]\nsweet = true",
                "{fruit={apple={color=s:red taste={sweet=b:true}}}}"
            ),
            (
                "[[p]]\na = 1\n[[p]]\n[[p]]\n[p.q]\nb = 2\n[[p.r]]\n[[p.r]]",
                "{p=[{a=i:1} {} {q={b=i:2} r=[{} {}]}]}"
            ),
        ])
    func values(text: String, expected: String) throws {
        #expect(Self.text(try TOMLParser.parse(text)) == expected)
    }

    @Test(
        "is refused at the place of the fault",
        arguments: [
            ("a = ", 1, 5), ("a", 1, 2), ("= 1", 1, 1), ("a = 1 b = 2", 1, 7),
            ("a = 1\na = 2", 2, 1),
            ("a.b = 1\na = 2", 2, 1), ("a = 1\na.b = 2", 2, 1), ("a = {b = 1}\na.c = 2", 2, 1),
            ("[a]\nb = 1\n[a]", 3, 1), ("[a]\nb = 1\n[a.b]", 3, 1), ("a = []\n[[a]]", 2, 1),
            ("[[a]]\n[a]", 2, 1), ("[a]\n[[a]]", 2, 1), ("[a.b]\n[[a]]", 2, 1),
            ("a = {b = 1}\n[a.c]", 2, 1), ("[a.b.c]\nz = 9\n[a]\nb.c.t = 1", 4, 1),
            ("[f]\na.c = 1\n[f.a]", 3, 1), ("[a]\nb.c = 1\n[x]\n[a.b.d]\n[a.b]", 5, 1),
            ("a = {b = 1,}", 1, 12), ("a = {b = 1\n}", 1, 11), ("a = {b = 1, b = 2}", 1, 13),
            ("a = {b.c = 1, b = 2}", 1, 15), ("[]", 1, 2), ("[a", 1, 3), ("[[a]", 1, 5),
            ("[a] b", 1, 5),
            ("[.a]", 1, 2), ("[a.]", 1, 4), ("[\u{fffd}ime]\n", 1, 2), (" [ \u{e9}]", 1, 4),
            ("[\n", 1, 2),
            ("[=]", 1, 2), ("[[#]]\n", 1, 3), ("\u{feff}[!]", 1, 2),
            ("a = [}", 1, 6), ("a = [[[}\n]]]\n", 1, 8), ("a = [1, }]", 1, 9), ("a = [,]", 1, 6),
            ("a = [1 2]", 1, 8), ("a = [1", 1, 7), ("a = [ # ]\n  {b = 1}, }", 2, 12),
            ("a = [ # ]", 1, 10),
            ("a = 0004-01-01Tplace", 1, 5), ("a = 2023-02-29", 1, 5), ("a = 2023-13-01", 1, 5),
            ("a = 1979-05-27T", 1, 5), ("a = 1979-05-27T25:00:00Z", 1, 5),
            ("a = 1979-05-27 07:32", 1, 5),
            ("a = 1979-05-27T07:32:00+25:00", 1, 5), ("a = 07:32", 1, 5), ("a = 07:32:00.", 1, 5),
            ("a = 01", 1, 5), ("a = 1__0", 1, 5), ("a = _1", 1, 5), ("a = 1_", 1, 5),
            ("a = 0x", 1, 5),
            ("a = +0x1", 1, 5), ("a = 0xg", 1, 5), ("a = 0b2", 1, 5), ("a = 1.", 1, 5),
            ("a = .5", 1, 5),
            ("a = 1.e5", 1, 5), ("a = 1e", 1, 5), ("a = 01.5", 1, 5), ("a = +", 1, 5),
            ("a = 1e5.0", 1, 5),
            ("a = 9223372036854775808", 1, 5), ("a = True", 1, 5), ("a = text", 1, 5),
            ("a = 1é", 1, 5),
            ("a = \"b", 1, 5), ("a = \"b\nc\"", 1, 7), ("a = '''b\n", 1, 5),
            ("a = \"\\x41\"", 1, 6),
            ("a = \"\\uD800\"", 1, 6), ("a = \"\\u12\"", 1, 6), ("a = \"\\U00110000\"", 1, 6),
            ("a = \"\\ \"", 1, 6), ("a = \"\u{1}\"", 1, 6), ("a = '\u{7f}'", 1, 6),
            ("a = 1 # \u{0}", 1, 9),
            ("a = 1\rb = 2", 1, 6), ("\"\"\"a\"\"\" = 1", 1, 1), ("a = '''\n\r'''", 2, 1),
            ("a b = 1", 1, 3),
        ])
    func faults(text: String, line: Int, column: Int) {
        do throws(TOMLFault) {
            _ = try TOMLParser.parse(text)
            Issue.record("not refused")
        } catch {
            #expect(error.place.line == line && error.place.column == column, "\(error)")
        }
    }

    @Test("is read 64 brackets deep and no deeper")
    func depth() throws {
        let nested = { (depth: Int) in
            "a = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try TOMLParser.parse(nested(65))
        #expect(throws: TOMLFault.self) { try TOMLParser.parse(nested(66)) }
        #expect(throws: TOMLFault.self) { try TOMLParser.parse(nested(100_000)) }
        let braces = "a = " + String(repeating: "{a = ", count: 100_000)
        #expect(throws: TOMLFault.self) { try TOMLParser.parse(braces) }
    }

    /// Whatever is cut out of, put into or changed in a text: it is read or refused.
    @Test("ends with a table or a fault", arguments: 0..<8)
    func torn(seed: Int) {
        var random = SplitMix64(seed: seed)
        let whole = Array(
            """
            [a]
            b = [1, {c = 'd', e.f = "\\u00e9"}, 1979-05-27 07:32:00]
            [[g.h]]
            i = '''x
            '''

            """.utf8)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: place)
                case 1:
                    bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
                case _: bytes[place] = UInt8.random(in: 0...127, using: &random)
                }
            }
            _ = try? TOMLParser.parse(String(decoding: bytes, as: UTF8.self))
        }
    }
}

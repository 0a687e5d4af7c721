internal import AuditTrail
internal import Benchmark
internal import Documents
internal import Hashing
internal import ImportKit
internal import Inventory
internal import Quantification
internal import Quantities
internal import Series

// The inner loops of an import and of a verification, each alone. One iteration is one meter's year
// of hours (8,760 readings) where readings are meant, else what the name says.

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .throughput], warmupIterations: 3, maxDuration: .seconds(2))

    // What takes less than the clock tells is done a thousand times an iteration.
    var small = Benchmark.defaultConfiguration
    small.scalingFactor = .kilo

    Benchmark("CSV rows to readings: 8,760 rows") { benchmark in
        let importer = try Samples.importer()
        let document = Samples.csv
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(importer.read(document)) }
    }

    Benchmark("Readings to a chunk: 8,760") { benchmark in
        let readings = Samples.readings
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try SeriesChunk(readings).bytes) }
    }

    Benchmark("Chunk to readings: 8,760") { benchmark in
        let bytes = try SeriesChunk(Samples.readings).bytes
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try SeriesChunk(decoding: bytes)) }
    }

    Benchmark("Sum of a chunk: 8,760") { benchmark in
        let chunk = try SeriesChunk(Samples.readings)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try chunk.total()) }
    }

    Benchmark("Readings times hourly factors: 8,760") { benchmark in
        let pair = try Samples.pair()
        let series = try Samples.factorSeries(pair.values)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(try SeriesProduct.mass(of: pair, in: .kilowattHour, series))
        }
    }

    Benchmark("Decimal from text", configuration: small) { benchmark in
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try ExactDecimal(parsing: "1234.567")) }
    }

    Benchmark("Record to canonical bytes: a journal entry", configuration: small) { benchmark in
        let record = try Samples.record()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try RecordCoding.encode(record)) }
    }

    Benchmark("Canonical bytes to record: a journal entry", configuration: small) { benchmark in
        let bytes = try RecordCoding.encode(Samples.record())
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(try RecordCoding.decode(bytes)) }
    }

    Benchmark(
        "Three records verified: a purchase and its entries", configuration: small
    ) { benchmark in
        let sample = try VerifiedSample()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { try sample.verify() }
    }

    Benchmark("Merkle tree: 1,000 leaves of 450 bytes") { benchmark in
        let leaf = [UInt8](repeating: 0x61, count: 450)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var tree = MerkleTree()
            var hasher = MerkleHasher()
            for _ in 0..<1_000 { tree.append(leaf, using: &hasher) }
            blackHole(tree.root)
        }
    }

    Benchmark("SHA-256: 1 MiB") { benchmark in
        let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(SHA256Digest(hashing: bytes)) }
    }
}

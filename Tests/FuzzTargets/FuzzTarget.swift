internal import AuditTrail
internal import Documents
internal import FactorLibrary
internal import ImportKit
internal import Quantities
internal import Series
internal import Workflows

/// What takes bytes from strangers. Each must end with an answer, whatever the bytes are: with a
/// result or with a refusal, never with a trap.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// Tables, and everything that is no XML, archive or JSON: NEM12, too.
    case csv
    /// Feeds, invoices, declarations, market documents.
    case xml
    case json
    /// Zip, gzip, workbooks, PDF.
    case archive
    case decimal
    /// Profiles, matching rules and the organisation file.
    case toml
    /// A CSV profile, a zero byte, and a table to read by it.
    case profile
    /// Factor packs; the declaration of a factor series, a zero byte, and its values.
    case factors
    /// Records in their canonical form.
    case record
    /// Readings in their compact form.
    case chunk
    /// Checkpoints, proofs and requests to a witness.
    case note

    package func run(_ bytes: [UInt8]) {
        switch self {
        case .csv: Self.read("fuzz.csv", bytes)
        case .xml: Self.read("fuzz.xml", bytes)
        case .json: Self.read("fuzz.json", bytes)
        case .archive: Self.read("fuzz.zip", bytes)
        case .decimal: Self.readDecimal(bytes)
        case .toml: Self.readTables(bytes)
        case .profile: Self.readByProfile(bytes)
        case .factors: Self.readFactors(bytes)
        case .record: Self.readRecord(bytes)
        case .chunk: Self.readChunk(bytes)
        case .note: Self.readNote(bytes)
        }
    }

    private static let catalog: ImporterCatalog? = {
        do { return try ImporterCatalog() } catch { return nil }
    }()

    private static func read(_ name: String, _ bytes: [UInt8]) {
        guard let catalog else { preconditionFailure("The shipped profiles are sound.") }
        let (document, read) = catalog.inspect(Document(name: name, bytes: bytes))
        show(document, read)
    }

    private static func show(_ document: Document, _ read: ImportedDocument) {
        // What is refused carries no data; everything that was read can be shown.
        precondition(read.outcome != .reject || read.series.isEmpty && read.invoices.isEmpty)
        _ = Inspection(read, file: document.name, digest: document.digest).json()
    }

    /// What is read is written and read again as the same number.
    private static func readDecimal(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        for notation in [DecimalNotation.point, DecimalNotation(mark: .comma, grouping: ".")] {
            do throws(QuantityError) {
                let number = try ExactDecimal(parsing: text, notation: notation)
                let again = try ExactDecimal(parsing: number.description)
                precondition(again == number, "A decimal is read as it was written.")
            } catch { continue }
        }
    }

    private static func readTables(_ bytes: [UInt8]) {
        let document = Document(name: "fuzz.toml", bytes: bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        do { _ = try ProfileCatalog(texts: [("fuzz.toml", text)]) } catch { _ = error.diagnostics }
        do { _ = try OrganisationFile.read(document) } catch { _ = error.diagnostics }
        _ = MatchingRules.load(document)
    }

    private static func readByProfile(_ bytes: [UInt8]) {
        let (profile, table) = halves(bytes)
        do throws(InvalidProfile) {
            let text = String(decoding: profile, as: UTF8.self)
            let importer = CSVImporter(catalog: try ProfileCatalog(texts: [("fuzz.toml", text)]))
            let document = Document(name: "fuzz.csv", bytes: table)
            show(document, importer.read(document))
        } catch {
            return
        }
    }

    private static func readFactors(_ bytes: [UInt8]) {
        _ = FactorPackReader.read(Document(name: "fuzz.csv", bytes: bytes))
        let (declaration, values) = halves(bytes)
        _ = FactorSeriesReader.read(
            Document(name: "fuzz.csv", bytes: values),
            declaredBy: Document(name: "fuzz.toml", bytes: declaration))
    }

    /// What stands before the first zero byte, and what stands after it.
    private static func halves(_ bytes: [UInt8]) -> ([UInt8], [UInt8]) {
        let first = bytes.prefix { $0 != 0 }
        return (Array(first), Array(bytes[first.endIndex...].dropFirst()))
    }

    /// A record has one form: what can be read is written as the same bytes.
    private static func readRecord(_ bytes: [UInt8]) {
        do throws(RecordCodingError) {
            let record = try RecordCoding.decode(bytes)
            let again = try RecordCoding.encode(record)
            precondition(again == bytes, "A record has one form.")
        } catch {
            return
        }
    }

    /// A note has one form, and so has each file around one.
    private static func readNote(_ bytes: [UInt8]) {
        func check(_ read: () throws(NoteError) -> String) {
            do throws(NoteError) {
                let again = try read()
                precondition(Array(again.utf8) == bytes, "A note has one form.")
            } catch {
                return
            }
        }
        check { () throws(NoteError) in try SignedCheckpoint(parsing: bytes).note.written }
        check { () throws(NoteError) in try RecordProof(parsing: bytes).written }
        check { () throws(NoteError) in try WitnessRequest(parsing: bytes).written }
    }

    private static func readChunk(_ bytes: [UInt8]) {
        do throws(SeriesChunkError) {
            let chunk = try SeriesChunk(decoding: bytes)
            precondition(chunk.bytes == bytes, "A chunk has one form.")
        } catch {
            return
        }
    }
}

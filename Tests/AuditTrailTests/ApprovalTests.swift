internal import AuditTrail
internal import TestSupport
internal import Testing

@Suite("Requests for approvals")
struct ApprovalTests {
    private static let kinds: [RecordBody.Kind] = [.periodClosing, .periodSeal, .periodReopening]

    private static func request(
        _ kind: RecordBody.Kind, _ seed: Int
    ) throws -> (request: ApprovalRequest, signer: NoteSigner) {
        var records = RandomRecords(seed: seed)
        let body = try records.body(kind)
        let seed = records.random.bytes(32)
        let record = try #require(body.periodRecord)
        let signer = try #require(NoteSigner(name: "ben", kind: .log, seed: seed))
        return (ApprovalRequest(origin: "tonne.sample-0", record), signer)
    }

    @Test("are read as they were written, signed or not", arguments: kinds, 0..<20)
    func roundTrip(kind: RecordBody.Kind, seed: Int) throws {
        let (request, signer) = try Self.request(kind, seed)
        #expect(try ApprovalRequest(parsing: Array(request.written.utf8)) == request)
        let signed = request.signed(by: signer).signed(by: signer)
        #expect(signed.signatures.count == 1)
        #expect(try ApprovalRequest(parsing: Array(signed.written.utf8)) == signed)
        let approval = try #require(signed.approvedRecord.approvals.first)
        #expect(approval.isValid(signer.key, for: request))
        #expect(signed.approvedRecord.approved(by: []) == request.record)
    }

    @Test("hold no signature for anything else", arguments: kinds)
    func changed(kind: RecordBody.Kind) throws {
        let (request, signer) = try Self.request(kind, 3)
        let bytes = Array(request.signed(by: signer).written.utf8)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            guard let other = try? ApprovalRequest(parsing: changed) else { continue }
            let holds = other.approvedRecord.approvals.contains {
                $0.isValid(signer.key, for: other)
            }
            #expect(!holds, "byte \(index)")
        }
    }

    @Test("are refused with more than a request holds")
    func surplus() throws {
        let (request, _) = try Self.request(.periodReopening, 5)
        let text = request.written
        for other in [
            "", "\n\n", "tonne-approval/1\n\n", String(text.dropLast(2)) + "x\n\n", text + "\n",
            text.replacing("period-reopen", with: "decision"),
            text.replacing("tonne-approval/1", with: "tonne-approval/2"),
            text.replacing("{\"", with: "{\"approvals\":[],\"", maxReplacements: 1),
        ] {
            #expect(throws: NoteError.self, "\(other)") {
                try ApprovalRequest(parsing: Array(other.utf8))
            }
        }
    }
}

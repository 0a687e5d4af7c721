internal import Testing

@testable internal import tonne

@Suite("The progress of an import")
struct ImportProgressTests {
    /// 40 of 100 MB in 2 s are 20 MB/s; the other 60 MB take 3 s.
    @Test("shows share, files, rate and the time that is left")
    func line() {
        #expect(
            ImportProgress.line(
                files: (3, 8), bytes: (40_000_000, 100_000_000), seconds: 2)
                == "[========>           ]  40 %  3/8 files  20.0 MB/s  0:03 left")
        #expect(
            ImportProgress.line(
                files: (8, 8), bytes: (100_000_000, 100_000_000), seconds: 80)
                == "[====================] 100 %  8/8 files  1.2 MB/s  0:00 left")
        #expect(
            ImportProgress.line(files: (0, 8), bytes: (0, 100_000_000), seconds: 0)
                == "[>                   ]   0 %  0/8 files")
        #expect(
            ImportProgress.line(
                files: (1, 9), bytes: (1_000_000, 100_000_000), seconds: 1)
                == "[>                   ]   1 %  1/9 files  1.0 MB/s  1:39 left")
    }

    @Test("may find more bytes than were announced, or none")
    func edges() {
        #expect(
            ImportProgress.line(files: (1, 1), bytes: (12, 10), seconds: 1)
                == "[====================] 100 %  1/1 files  0.0 MB/s  0:00 left")
        #expect(
            ImportProgress.line(files: (0, 3), bytes: (0, 0), seconds: 1)
                == "[====================] 100 %  0/3 files")
    }
}

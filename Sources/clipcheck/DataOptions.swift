import ArgumentParser
import EntryIntake
import EntryStore
import Logging
import ReportSigning

/// Options that name the data folder and the file of the keys that contacts are sealed with.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("数据目录 Folder of the database and the media.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "联系方式的密钥文件 Keys that contacts are sealed with. Default: clipcheck.keys in the data folder, made when missing.",
            valueName: "file"))
    var contactKeys: String?

    /// Path of the data folder. Source: `Settings.dataFolder`.
    var folder: String { Settings.dataFolder(data) }
    /// Path of the key file; nil means `clipcheck.keys` in the data folder.
    var keyFile: String? { contactKeys ?? Settings.environment("CONTACT_KEYS") }

    /// The keys that reports are signed with, made when missing. The data folder exists already.
    ///
    /// - Throws: `IntakeError` when the key file cannot be used.
    func signingKeys() throws(IntakeError) -> SigningKeyRing {
        do {
            return try SigningKeyRing(file: Settings.signingKeyFile(inDataFolder: folder))
        } catch {
            throw error.atStart(of: folder)
        }
    }

    /// The keys that the service signs reports with, made when missing. The service reads a changed key file without a
    /// restart. The data folder exists already.
    ///
    /// - Parameter logger: receives an error when a changed key file cannot be used.
    /// - Throws: `IntakeError` when the key file cannot be used at the start.
    func watchedSigningKeys(_ logger: Logger) throws(IntakeError) -> WatchedKeyRing {
        do {
            return try WatchedKeyRing(file: Settings.signingKeyFile(inDataFolder: folder), logger: logger)
        } catch {
            throw error.atStart(of: folder)
        }
    }

    /// Opens the API keys of the data folder, which is created when missing.
    ///
    /// - Throws: `IntakeError` when the folder cannot be used.
    func keyRing() throws(IntakeError) -> KeyRing {
        do {
            return try KeyRing(folder: folder, keyFile: keyFile)
        } catch {
            throw error.atStart(of: folder)
        }
    }

    /// Opens the store in the data folder, which is created when missing.
    ///
    /// - Parameters:
    ///   - mostBytes: largest file that the store accepts.
    ///   - timing: receives the times of transactions.
    /// - Throws: `IntakeError` when the folder cannot be used.
    func store(
        mostBytes: Int64 = EntryStore.defaultMostBytes, timing: any WorkTiming = NoTiming()
    ) throws(IntakeError) -> EntryStore {
        do {
            return try EntryStore(folder: folder, keyFile: keyFile, mostBytes: mostBytes, timing: timing)
        } catch {
            throw error.atStart(of: folder)
        }
    }
}

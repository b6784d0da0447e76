import Foundation

extension Site {
    /// The folder of style sheets, modules and pictures that was built with the program.
    public static var assetsFolder: String { Bundle.module.bundleURL.appendingPathComponent("Assets").path }
    /// The folder of translations that was built with the program.
    public static var cataloguesFolder: String { Bundle.module.bundleURL.appendingPathComponent("Catalogues").path }
}

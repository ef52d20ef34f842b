package org.continuo.bridge.doctor;

/** The formats that the plugin comes in. */
enum PluginFormat {
    CLAP("clap", "CLAP", "continuo.clap", "CLAP_PATH"),
    VST3("vst3", "VST3", "Continuo.vst3", "VST3_PATH"),
    LV2("lv2", "LV2", "continuo.lv2", "LV2_PATH");

    private final String folder;
    private final String macName;
    private final String bundle;
    private final String variable;

    PluginFormat(String folder, String macName, String bundle, String variable) {
        this.folder = folder;
        this.macName = macName;
        this.bundle = bundle;
        this.variable = variable;
    }

    /** The last part of its folders' names on Linux. */
    String folder() {
        return folder;
    }

    /** The same on macOS and Windows. */
    String macName() {
        return macName;
    }

    /** The plugin's file, or folder. */
    String bundle() {
        return bundle;
    }

    /** Names more folders in the environment. */
    String variable() {
        return variable;
    }
}

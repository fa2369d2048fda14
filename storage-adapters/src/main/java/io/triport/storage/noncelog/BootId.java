package io.triport.storage.noncelog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one run of the machine from the next, where the machine does (Linux, random(4)). */
final class BootId {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** Empty where it is not known: then every stop that was not clean counts as a crash of the machine. */
    static String read() {
        try {
            var text = Files.readString(LINUX).strip();
            return text.matches("[0-9a-f-]{1,64}") ? text : "";
        } catch (IOException e) {
            return "";
        }
    }
}

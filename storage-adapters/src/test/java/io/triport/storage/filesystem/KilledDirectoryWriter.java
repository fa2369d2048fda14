package io.triport.storage.filesystem;

import io.triport.domain.object.Versioning;
import io.triport.domain.time.Randomness;
import io.triport.testkit.KilledObjectWriter;
import java.nio.file.Path;
import java.time.Clock;

/** The process that is killed. */
final class KilledDirectoryWriter {
    private KilledDirectoryWriter() {}

    public static void main(String[] arguments) {
        var disk = new ArmedDisk();
        var objects = ObjectDirectory.open(Path.of(arguments[0]), 0, Clock.systemUTC(), Randomness.system(), disk);
        disk.arm(arguments[1]);
        KilledObjectWriter.write(objects.store(Versioning.OFF));
        objects.close();
    }
}

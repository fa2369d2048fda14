package io.triport.e2e.objects;

import io.triport.e2e.AppProcess;
import io.triport.e2e.SmallDisk;
import io.triport.objects.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The object proxy as a process, with its file. */
final class ObjectNode {
    private ObjectNode() {}

    /** Returns when it is ready. @param directory of its data, output and file */
    static AppProcess start(Path directory, String yaml) {
        return launch(directory, yaml).awaited();
    }

    /** Returns when it is ready. @param directory of its output and file; its data is on the disk */
    static AppProcess startOn(SmallDisk disk, Path directory, String name, String yaml) {
        return AppProcess.launch(
                        AppProcess.Run.in(directory, "object-proxy", Application.class, name)
                                .on(disk),
                        Map.of("SECRET", S3Client.SECRET),
                        List.of("--config", configure(directory, yaml).toString()))
                .awaited();
    }

    /** Does not wait. */
    static AppProcess launch(Path directory, String yaml) {
        return AppProcess.launch(
                AppProcess.Run.in(directory, "object-proxy", Application.class, "output"),
                Map.of("SECRET", S3Client.SECRET),
                List.of("--config", configure(directory, yaml).toString()));
    }

    /** Puts another file in the place of the one that it was started with. */
    static Path configure(Path directory, String yaml) {
        try {
            var fresh = Files.writeString(Files.createDirectories(directory).resolve("fresh.yaml"), yaml);
            return Files.move(fresh, directory.resolve("objects.yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.triport.manager.ui;

import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All files of the console, held in memory: a megabyte or two that every browser asks for. */
final class ConsoleFiles {
    /** Which files there are, one a line, because a jar cannot be listed as a directory can. */
    private static final String LIST = "files.txt";

    private static final String PAGE = "index.html";
    private static final Map<String, String> PACKED = Map.of(".br", "br", ".gz", "gzip");

    private final Map<String, ConsoleFile> files;

    private ConsoleFiles(Map<String, ConsoleFile> files) {
        this.files = Map.copyOf(files);
    }

    /** Those beside this class in a folder; none where the build had no Node. */
    static ConsoleFiles in(String folder) {
        var raw = new HashMap<String, Bytes>();
        read(folder + "/" + LIST)
                .map(list -> list.toUtf8().lines().toList())
                .orElse(List.of())
                .forEach(name -> raw.put(
                        name,
                        read(folder + "/" + name)
                                .orElseThrow(() -> new IllegalStateException(name + ": listed and missing"))));
        var files = new HashMap<String, ConsoleFile>();
        for (var name : raw.keySet()) {
            if (PACKED.keySet().stream().noneMatch(name::endsWith)) {
                files.put(name, ConsoleFile.of(name, raw.get(name), packed(name, raw)));
            }
        }
        return new ConsoleFiles(files);
    }

    Optional<ConsoleFile> find(String name) {
        return name.equals(PAGE) ? Optional.empty() : Optional.ofNullable(files.get(name));
    }

    /** The one page; all places of the console are inside it. */
    Optional<String> page() {
        return Optional.ofNullable(files.get(PAGE)).map(file -> file.plain().toUtf8());
    }

    private static Map<String, Bytes> packed(String name, Map<String, Bytes> raw) {
        var forms = new HashMap<String, Bytes>();
        PACKED.forEach((ending, encoding) -> {
            var form = raw.get(name + ending);
            if (form != null) {
                forms.put(encoding, form);
            }
        });
        return forms;
    }

    private static Optional<Bytes> read(String resource) {
        try (var in = ConsoleFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(Bytes.copyOf(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

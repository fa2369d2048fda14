package io.triport.storage.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Where files lie: unfinished ones in one folder, finished ones in one of 256 by the end of their name. */
record Folders(Path unfinished, Path data) {
    private static final int COUNT = 256;
    private static final int DIGITS = 2;

    static Folders make(Path root, Disk disk) throws IOException {
        var folders = new Folders(root.resolve("tmp"), root.resolve("data"));
        Files.createDirectories(folders.unfinished());
        Files.createDirectories(folders.data());
        for (var folder : folders.all()) {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
        }
        disk.forceFolder(folders.data());
        disk.forceFolder(root);
        return folders;
    }

    Path unfinished(String name) {
        return unfinished.resolve(name);
    }

    /** Of a finished file. */
    Path folder(String name) {
        return data.resolve(name.substring(name.length() - DIGITS));
    }

    Path file(String name) {
        return folder(name).resolve(name);
    }

    List<Path> all() {
        var all = new ArrayList<Path>(COUNT);
        for (var i = 0; i < COUNT; i++) {
            all.add(data.resolve(HexFormat.of().toHexDigits((byte) i)));
        }
        return all;
    }
}

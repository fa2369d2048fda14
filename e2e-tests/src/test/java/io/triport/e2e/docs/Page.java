package io.triport.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of the documentation. What is to be run is marked in the word list behind the fence: {@code sh tested} is run, {@code
 * sh server} is started in the background and replaces the app that runs, {@code text output} is what the block before prints,
 * where {@code ...} stands for anything.
 */
record Page(Path file, List<Block> blocks) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)([^\\n]*)\\n(.*?)^```$");

    /** @param marks the words behind the language */
    record Block(String language, String marks, String text) {
        boolean is(String wanted, String mark) {
            return language.equals(wanted) && marks.equals(mark);
        }
    }

    static Page read(String name) throws IOException {
        var file = root().resolve(name);
        var blocks = new ArrayList<Block>();
        var fences = FENCE.matcher(Files.readString(file));
        while (fences.find()) {
            blocks.add(new Block(fences.group(1), fences.group(2).strip(), fences.group(3)));
        }
        return new Page(file, List.copyOf(blocks));
    }

    /** Tests run in the directory of their module. */
    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    /** Whether a block that is run speaks of it. */
    boolean runs(String words) {
        return blocks.stream()
                .anyMatch(block -> block.is("sh", "tested") && block.text().contains(words));
    }

    /** What the blocks that are run print, one after the other. */
    List<String> outputs() {
        var outputs = new ArrayList<String>();
        for (var block : blocks) {
            if (block.is("sh", "tested") || block.is("sh", "server")) {
                outputs.add("");
            } else if (block.is("text", "output")) {
                outputs.set(outputs.size() - 1, block.text());
            }
        }
        return outputs;
    }
}

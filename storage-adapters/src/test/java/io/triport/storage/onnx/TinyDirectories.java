package io.triport.storage.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Directories of models whose numbers are known. */
final class TinyDirectories {
    static final List<String> WORDS = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "first", "a", "second", "one", "third", "text", "cats", "sleep",
            "gro", "##sse", "##r", ",", "als", "4", "day");

    private TinyDirectories() {}

    /** Each token has a one in the place of its number, and half of that at the end. */
    static Path embeddings(Path in) {
        var table = new float[WORDS.size()][WORDS.size() + 1];
        for (var word = 0; word < WORDS.size(); word++) {
            table[word][word] = 1;
            table[word][WORDS.size()] = 0.5f;
        }
        return written(in, TinyModel.embeddings(table));
    }

    /** Cats are worth one, their sleep is worth two. */
    static Path ranking(Path in) {
        var weights = new float[WORDS.size()];
        weights[WORDS.indexOf("cats")] = 1;
        weights[WORDS.indexOf("sleep")] = 2;
        return written(in, TinyModel.ranking(weights));
    }

    private static Path written(Path in, byte[] model) {
        try {
            Files.createDirectories(in);
            Files.write(in.resolve("model.onnx"), model);
            Files.write(in.resolve("vocab.txt"), WORDS);
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.triport.storage.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class WordPiecesTest {
    private static final Map<String, Integer> VOCABULARY = IntStream.range(0, TinyDirectories.WORDS.size())
            .boxed()
            .collect(Collectors.toMap(TinyDirectories.WORDS::get, at -> at));

    private final WordPieces words = new WordPieces(VOCABULARY, true, 12);

    @Test
    void words_are_cut_into_the_longest_pieces_that_are_known() {
        assertThat(said("Großer")).containsExactly("[CLS]", "[UNK]", "[SEP]");
        assertThat(said("GROSSER")).containsExactly("[CLS]", "gro", "##sse", "##r", "[SEP]");
        assertThat(said("Grósser, als 4")).containsExactly("[CLS]", "gro", "##sse", "##r", ",", "als", "4", "[SEP]");
        assertThat(said("cats\u00a0\tsleep\u0000")).containsExactly("[CLS]", "cats", "sleep", "[SEP]");
    }

    @Test
    void what_is_not_known_is_unknown_as_a_whole_word() {
        assertThat(said("grox catss 日本")).containsExactly("[CLS]", "[UNK]", "[UNK]", "[UNK]", "[UNK]", "[SEP]");
        assertThat(said("gro" + "sse".repeat(40))).containsExactly("[CLS]", "[UNK]", "[SEP]");
        assertThat(said("")).containsExactly("[CLS]", "[SEP]");
    }

    @Test
    void case_matters_where_the_model_says_so() {
        assertThat(said(new WordPieces(VOCABULARY, false, 12).of("Cats cats")))
                .containsExactly("[CLS]", "[UNK]", "cats", "[SEP]");
    }

    @Test
    void of_two_texts_the_second_is_cut_off_first() {
        var both = words.of("cats sleep", "cats ".repeat(50));
        var longQuestion = words.of("sleep ".repeat(50), "cats ".repeat(50));

        assertThat(both.ids()).hasSize(12);
        assertThat(both.firsts()).isEqualTo(4);
        assertThat(longQuestion.ids()).hasSize(12);
        assertThat(longQuestion.firsts()).isEqualTo(6);
    }

    @Property
    void any_text_has_tokens_within_the_length(@ForAll String text, @ForAll String other) {
        assertThat(words.of(text).ids()).hasSizeBetween(2, 12);
        assertThat(words.of(text, other).ids()).hasSizeBetween(3, 12);
    }

    private List<String> said(String text) {
        return said(words.of(text));
    }

    private static List<String> said(Tokens tokens) {
        return tokens.ids().stream().map(TinyDirectories.WORDS::get).toList();
    }
}

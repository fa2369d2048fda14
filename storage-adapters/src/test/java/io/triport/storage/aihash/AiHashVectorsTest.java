package io.triport.storage.aihash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.Vectors;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class AiHashVectorsTest {
    @Test
    void texts_with_words_in_common_lie_nearer_than_others() {
        var vectors =
                vectors(256, "cats sleep all day", "Cats, all DAY: sleep!", "cats run all night", "stones lie still");

        assertThat(product(vectors, 0, 1)).isCloseTo(1, Offset.offset(1e-5));
        assertThat(product(vectors, 0, 2)).isBetween(0.3, 0.7);
        assertThat(product(vectors, 0, 3)).isLessThan(0.3);
        assertThat(product(vectors, 3, 3)).isCloseTo(1, Offset.offset(1e-5));
    }

    @Test
    void the_numbers_are_the_same_for_ever() {
        var vectors = vectors(4, "größer", "");

        assertThat(List.of(vectors.at(0, 0), vectors.at(0, 1), vectors.at(0, 2), vectors.at(0, 3)))
                .isEqualTo(List.of(0.0f, -1.0f, 0.0f, 0.0f));
        assertThat(vectors.at(1, 0)).isEqualTo(1);
    }

    @Test
    void dimensions_are_bounded() {
        assertThatThrownBy(() -> new AiHash(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AiHash(4097)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double product(Vectors vectors, int one, int other) {
        var sum = 0.0;
        for (var at = 0; at < vectors.dimensions(); at++) {
            sum += vectors.at(one, at) * vectors.at(other, at);
        }
        return sum;
    }

    private static Vectors vectors(int dimensions, String... texts) {
        var answer = new AiHash(dimensions).run(new InferenceInput.TextEmbeddings(List.of(texts)));
        return ((InferenceOutput.Embedded) answer.output()).vectors();
    }
}

package io.triport.storage.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.Task;
import io.triport.testkit.InferenceContract;
import io.triport.testkit.ModelFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxModelsTest extends InferenceContract {
    private static final Offset<Float> NEARLY = Offset.offset(1e-5f);

    @TempDir
    private Path directory;

    @Override
    protected String adapter() {
        return "onnx";
    }

    @Override
    protected ModelFixture create() {
        var embeddings =
                OnnxModels.open(TinyDirectories.embeddings(directory.resolve("embeddings")), Task.TEXT_EMBEDDINGS);
        var ranking = OnnxModels.open(TinyDirectories.ranking(directory.resolve("ranking")), Task.RERANK);
        return new ModelFixture() {
            @Override
            public Map<Task, Model> models() {
                return Map.of(Task.TEXT_EMBEDDINGS, embeddings, Task.RERANK, ranking);
            }

            @Override
            public void close() {
                embeddings.close();
                ranking.close();
            }
        };
    }

    @Test
    void the_mean_of_all_tokens_stands_for_a_text_unless_the_first_one_does() throws IOException {
        var at = TinyDirectories.embeddings(directory.resolve("pooled"));
        // Three tokens: that of the beginning, cats, and that of the end.
        try (var mean = OnnxModels.open(at, Task.TEXT_EMBEDDINGS)) {
            var vectors = embed(mean, "cats");
            var length = (float) Math.sqrt(3.0 / 9 + 0.25);
            assertThat(vectors.at(0, 2)).isCloseTo(1f / 3 / length, NEARLY);
            assertThat(vectors.at(0, TinyDirectories.WORDS.indexOf("cats"))).isCloseTo(1f / 3 / length, NEARLY);
            assertThat(vectors.at(0, TinyDirectories.WORDS.size())).isCloseTo(0.5f / length, NEARLY);
        }

        Files.createDirectories(at.resolve("1_Pooling"));
        Files.writeString(at.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");

        try (var first = OnnxModels.open(at, Task.TEXT_EMBEDDINGS)) {
            var vectors = embed(first, "cats");
            assertThat(vectors.at(0, 2)).isCloseTo((float) (1 / Math.sqrt(1.25)), NEARLY);
            assertThat(vectors.at(0, TinyDirectories.WORDS.indexOf("cats"))).isZero();
        }
    }

    @Test
    void tokens_are_counted_and_the_length_of_a_model_is_kept_to() throws IOException {
        var at = TinyDirectories.embeddings(directory.resolve("short"));
        Files.writeString(at.resolve("tokenizer_config.json"), "{\"model_max_length\": 6}");

        try (var model = OnnxModels.open(at, Task.TEXT_EMBEDDINGS)) {
            var texts = new InferenceInput.TextEmbeddings(List.of("cats sleep", "cats ".repeat(100)));
            assertThat(model.run(texts).usage().total()).isEqualTo(4 + 6);
        }
    }

    @Test
    void a_query_has_no_part_in_the_score_of_its_documents() {
        try (var model = OnnxModels.open(TinyDirectories.ranking(directory.resolve("scored")), Task.RERANK)) {
            var ranks = (InferenceOutput.Ranked) model.run(new InferenceInput.Rerank(
                            "cats sleep", List.of("the day", "cats", "cats sleep, cats sleep"), 3))
                    .output();

            assertThat(ranks.ranks())
                    .containsExactly(
                            new InferenceOutput.Rank(2, 6),
                            new InferenceOutput.Rank(1, 1),
                            new InferenceOutput.Rank(0, 0));
        }
    }

    @Test
    void what_is_no_model_of_the_form_says_what_is_missing() throws IOException {
        var empty = Files.createDirectories(directory.resolve("empty"));
        var broken = TinyDirectories.embeddings(directory.resolve("broken"));
        Files.writeString(broken.resolve("model.onnx"), "no model");
        var wordless = TinyDirectories.embeddings(directory.resolve("wordless"));
        Files.writeString(wordless.resolve("vocab.txt"), "[PAD]\n[UNK]\n");

        assertFails(FailureCode.NOT_FOUND, "vocab.txt", () -> OnnxModels.open(empty, Task.RERANK));
        assertFails(FailureCode.UNSUPPORTED, "cannot be loaded", () -> OnnxModels.open(broken, Task.TEXT_EMBEDDINGS));
        assertFails(FailureCode.UNSUPPORTED, "[CLS]", () -> OnnxModels.open(wordless, Task.TEXT_EMBEDDINGS));
        assertFails(
                FailureCode.UNSUPPORTED,
                "TEXT_EMBEDDINGS or RERANK",
                () -> OnnxModels.open(broken, Task.TEXT_GENERATION));
    }

    @Test
    void a_model_of_vectors_cannot_rank() {
        var at = TinyDirectories.embeddings(directory.resolve("vectors"));
        try (var model = OnnxModels.open(at, Task.RERANK)) {
            assertFails(
                    FailureCode.UNSUPPORTED,
                    "first output",
                    () -> model.run(new InferenceInput.Rerank("cats", List.of("cats"), 1)));
        }
    }

    private static io.triport.domain.inference.Vectors embed(Model model, String text) {
        var answer = model.run(new InferenceInput.TextEmbeddings(List.of(text)));
        return ((InferenceOutput.Embedded) answer.output()).vectors();
    }

    private static void assertFails(FailureCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

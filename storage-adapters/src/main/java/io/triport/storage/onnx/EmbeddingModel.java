package io.triport.storage.onnx;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.Usage;
import io.triport.domain.inference.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Vectors of length 1 from a model whose first output is one for each token, or already one for each text. */
final class EmbeddingModel implements Model {
    private final WordPieces words;
    private final Pooling pooling;
    private final Session session;

    EmbeddingModel(Path path) {
        var directory = new ModelDirectory(path);
        this.words = new WordPieces(directory.vocabulary(), directory.lowerCase(), directory.longest());
        this.pooling = directory.firstTokenStandsForAll() ? Pooling.FIRST : Pooling.MEAN;
        this.session = new Session(directory.model());
    }

    @Override
    public InferenceResult run(InferenceInput input) {
        if (!(input instanceof InferenceInput.TextEmbeddings texts)) {
            throw other(input);
        }
        var inputs = texts.texts().stream().map(words::of).toList();
        var rows = new ArrayList<float[]>();
        Batches.each(inputs, batch -> rows.addAll(rows(session.run(batch), batch)));
        return new InferenceResult(
                new InferenceOutput.Embedded(Vectors.of(rows)), new Usage(Batches.tokens(inputs), 0));
    }

    private List<float[]> rows(Object output, List<Tokens> batch) {
        var rows = new ArrayList<float[]>();
        for (var at = 0; at < batch.size(); at++) {
            rows.add(Pooling.normal(
                    switch (output) {
                        case float[][][] tokens ->
                            pooling.of(tokens[at], batch.get(at).ids().size());
                        case float[][] texts -> texts[at];
                        default -> throw wrong(output);
                    }));
        }
        return rows;
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        throw other(input);
    }

    @Override
    public String adapter() {
        return "onnx";
    }

    @Override
    public void close() {
        session.close();
    }

    static StorageFailure other(InferenceInput input) {
        return new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "onnx: " + input.task() + " here");
    }

    static StorageFailure wrong(Object output) {
        return new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED,
                "onnx: the first output is " + output.getClass().getSimpleName()
                        + " (expected: floats for each text, or for each of its tokens)");
    }
}

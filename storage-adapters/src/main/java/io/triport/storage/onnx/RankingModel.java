package io.triport.storage.onnx;

import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceOutput.Rank;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Documents by a cross encoder, which reads each of them together with the query. The last number of its first output is the score. */
final class RankingModel implements Model {
    private final WordPieces words;
    private final Session session;

    RankingModel(Path path) {
        var directory = new ModelDirectory(path);
        this.words = new WordPieces(directory.vocabulary(), directory.lowerCase(), directory.longest());
        this.session = new Session(directory.model());
    }

    @Override
    public InferenceResult run(InferenceInput input) {
        if (!(input instanceof InferenceInput.Rerank rerank)) {
            throw EmbeddingModel.other(input);
        }
        var inputs = rerank.documents().stream()
                .map(document -> words.of(rerank.query(), document))
                .toList();
        var ranks = new ArrayList<Rank>();
        Batches.each(
                inputs, batch -> scores(session.run(batch)).forEach(score -> ranks.add(new Rank(ranks.size(), score))));
        ranks.sort(Comparator.comparingDouble(Rank::score).reversed().thenComparingInt(Rank::index));
        return new InferenceResult(
                new InferenceOutput.Ranked(ranks.subList(0, Math.min(ranks.size(), rerank.top()))),
                new Usage(Batches.tokens(inputs), 0));
    }

    private static List<Double> scores(Object output) {
        if (!(output instanceof float[][] logits)) {
            throw EmbeddingModel.wrong(output);
        }
        var scores = new ArrayList<Double>();
        for (var row : logits) {
            scores.add((double) row[row.length - 1]);
        }
        return scores;
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        throw EmbeddingModel.other(input);
    }

    @Override
    public String adapter() {
        return "onnx";
    }

    @Override
    public void close() {
        session.close();
    }
}

package io.triport.storage;

import io.triport.domain.inference.FirstByteDeadline;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelCatalogue;
import io.triport.domain.inference.ModelEntry;
import io.triport.domain.inference.TokenBudgets;
import io.triport.domain.time.Ticker;
import io.triport.storage.aiecho.AiEcho;
import io.triport.storage.aihash.AiHash;
import io.triport.storage.onnx.OnnxModels;
import io.triport.storage.openai.OpenAi;
import java.nio.file.Path;
import java.util.ArrayList;

/** The models of an app, each opened with what answers for it. */
final class OpenModels implements AutoCloseable {
    private final OpenAi openAi = new OpenAi();
    private final FirstByteDeadline deadline;
    private final ModelCatalogue catalogue;

    /** @param directory of the app's data */
    OpenModels(ModelBindings bindings, Path directory, Ticker ticker) {
        this.deadline = new FirstByteDeadline(FirstByteDeadline.USUAL, ticker);
        var entries = new ArrayList<ModelEntry>();
        try {
            for (var binding : bindings.models()) {
                entries.add(new ModelEntry(binding.info(), model(binding, directory), binding.recording()));
            }
            this.catalogue = new ModelCatalogue(
                    entries,
                    new ModelCatalogue.Means(
                            new TokenBudgets(bindings.budget(), ticker), deadline, new LoggedModelCalls()));
        } catch (RuntimeException e) {
            entries.forEach(entry -> entry.model().close());
            openAi.close();
            throw e;
        }
    }

    private Model model(ModelBinding binding, Path directory) {
        return switch (binding.backend()) {
            case ModelBackend.Echo echo -> new AiEcho();
            case ModelBackend.Hash hash -> new AiHash(hash.dimensions());
            case ModelBackend.Onnx onnx ->
                OnnxModels.open(
                        directory.resolve(onnx.directory()), binding.info().task());
            case ModelBackend.OpenAi server ->
                openAi.open(server, binding.info().task());
        };
    }

    ModelCatalogue catalogue() {
        return catalogue;
    }

    /** Ends the waits whose time has come. */
    void look() {
        deadline.look();
    }

    @Override
    public void close() {
        catalogue.close();
        openAi.close();
    }
}

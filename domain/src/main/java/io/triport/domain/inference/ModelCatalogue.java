package io.triport.domain.inference;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The models of a deployment by their public names, with budgets, bounds and waits before all of them alike. Safe for many threads. */
public final class ModelCatalogue implements Models, AutoCloseable {
    private final NavigableMap<ModelName, ModelEntry> entries = new TreeMap<>();
    private final Means means;

    /** What all models have before them. */
    public record Means(TokenBudgets budgets, FirstByteDeadline deadline, Records records) {}

    /** @throws IllegalArgumentException for two of the same name */
    public ModelCatalogue(List<ModelEntry> entries, Means means) {
        this.means = means;
        for (var entry : entries) {
            if (this.entries.put(entry.info().name(), entry) != null) {
                throw new IllegalArgumentException(
                        "model: " + entry.info().name() + " twice (expected: names that differ)");
            }
        }
    }

    @Override
    public Inference of(Spender spender) {
        return new CataloguedInference(this, spender);
    }

    @Override
    public String adapter(ModelName model) {
        var entry = entries.get(model);
        return entry == null ? "none" : entry.model().adapter();
    }

    Means means() {
        return means;
    }

    List<ModelInfo> models(ModelFilter filter) {
        return entries.values().stream()
                .map(ModelEntry::info)
                .filter(filter::takes)
                .toList();
    }

    /** @throws StorageFailure.Rejected NOT_FOUND */
    ModelEntry require(ModelName model) {
        var entry = entries.get(model);
        if (entry == null) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "model: unknown");
        }
        return entry;
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> entry.model().close());
    }
}

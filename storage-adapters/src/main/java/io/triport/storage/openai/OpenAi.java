package io.triport.storage.openai;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.Task;

/** Opens models behind servers, which share connections. Safe for many threads. */
public final class OpenAi implements AutoCloseable {
    static final String ADAPTER = "openai";
    private static final String RESPONSES = "/responses";

    private final Connector connector = new Connector();

    /** @throws StorageFailure.Rejected UNSUPPORTED for a task that no path of such an API has */
    public Model open(ModelBackend.OpenAi backend, Task task) {
        var server = new Server(connector, backend);
        return switch (task) {
            case TEXT_GENERATION ->
                new TextModel(server, backend.path().endsWith(RESPONSES) ? new ResponsesDialect() : new ChatDialect());
            case TEXT_EMBEDDINGS -> new EmbeddingModel(server);
            case OTHER -> new PassingModel(server);
            case RERANK, CLASSIFICATION ->
                throw new StorageFailure.Rejected(
                        FailureCode.UNSUPPORTED,
                        "openai: " + task + " (expected: TEXT_GENERATION, TEXT_EMBEDDINGS or OTHER)");
        };
    }

    @Override
    public void close() {
        connector.close();
    }
}

package io.triport.storage.onnx;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.Task;
import java.nio.file.Path;

/** Opens models of directories. */
public final class OnnxModels {
    private static final String RUNTIME = "/ai/onnxruntime/OrtEnvironment.class";

    private OnnxModels() {}

    /**
     * Reads the model and its vocabulary.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where ONNX Runtime is not on the class path, for another task, and for a model that is
     *     not of the form that its task needs; NOT_FOUND where a file is not there
     */
    public static Model open(Path directory, Task task) {
        if (OnnxModels.class.getResource(RUNTIME) == null) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "onnx: no ONNX Runtime (expected: com.microsoft.onnxruntime:onnxruntime on the class path)");
        }
        return switch (task) {
            case TEXT_EMBEDDINGS -> new EmbeddingModel(directory);
            case RERANK -> new RankingModel(directory);
            case TEXT_GENERATION, CLASSIFICATION, OTHER ->
                throw new StorageFailure.Rejected(
                        FailureCode.UNSUPPORTED, "onnx: " + task + " (expected: TEXT_EMBEDDINGS or RERANK)");
        };
    }
}

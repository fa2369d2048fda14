package io.triport.storage.aihash;

import io.triport.domain.inference.Model;
import io.triport.domain.inference.Task;
import io.triport.testkit.InferenceContract;
import io.triport.testkit.ModelFixture;
import java.util.Map;

final class AiHashTest extends InferenceContract {
    @Override
    protected String adapter() {
        return "ai-hash";
    }

    @Override
    protected ModelFixture create() {
        return new ModelFixture() {
            @Override
            public Map<Task, Model> models() {
                return Map.of(Task.TEXT_EMBEDDINGS, new AiHash(64));
            }

            @Override
            public void close() {
                // Memory only.
            }
        };
    }
}

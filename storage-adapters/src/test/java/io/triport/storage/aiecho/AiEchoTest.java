package io.triport.storage.aiecho;

import io.triport.domain.inference.Model;
import io.triport.domain.inference.Task;
import io.triport.testkit.InferenceContract;
import io.triport.testkit.ModelFixture;
import java.util.Map;

final class AiEchoTest extends InferenceContract {
    @Override
    protected String adapter() {
        return "ai-echo";
    }

    @Override
    protected ModelFixture create() {
        return new ModelFixture() {
            @Override
            public Map<Task, Model> models() {
                return Map.of(Task.TEXT_GENERATION, new AiEcho(), Task.OTHER, new AiEcho());
            }

            @Override
            public void close() {
                // Memory only.
            }
        };
    }
}

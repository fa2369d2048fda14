package io.triport.testkit;

import io.triport.domain.inference.Model;
import io.triport.domain.inference.Task;
import java.util.Map;
import java.util.Set;

/** What an adapter gives {@link InferenceContract}: models of its own. */
public interface ModelFixture extends AutoCloseable {
    /** By their tasks; a task without a model is not claimed. */
    Map<Task, Model> models();

    default Set<InferenceCapability> capabilities() {
        return Set.of();
    }

    /** Claimed with {@link InferenceCapability#SCRIPTED}. */
    default ScriptedModel script() {
        throw new UnsupportedOperationException("script");
    }

    @Override
    void close();
}

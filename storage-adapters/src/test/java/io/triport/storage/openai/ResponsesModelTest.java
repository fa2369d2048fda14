package io.triport.storage.openai;

import io.triport.testkit.InferenceContract;
import io.triport.testkit.ModelFixture;

final class ResponsesModelTest extends InferenceContract {
    @Override
    protected String adapter() {
        return "openai-responses";
    }

    @Override
    protected ModelFixture create() {
        return new ServerFixture("/responses");
    }
}

package io.triport.storage.openai;

import io.triport.testkit.InferenceContract;
import io.triport.testkit.ModelFixture;

final class ChatModelTest extends InferenceContract {
    @Override
    protected String adapter() {
        return "openai-chat";
    }

    @Override
    protected ModelFixture create() {
        return new ServerFixture("/chat/completions");
    }
}

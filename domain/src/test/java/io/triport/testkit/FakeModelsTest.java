package io.triport.testkit;

final class FakeModelsTest extends InferenceContract {
    @Override
    protected String adapter() {
        return "fake";
    }

    @Override
    protected ModelFixture create() {
        return new FakeModels();
    }
}

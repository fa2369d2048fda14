package io.triport.storage.filesystem;

import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;

final class DirectoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected String adapter() {
        return "filesystem";
    }

    @Override
    protected ObjectFixture create() {
        return new DirectoryFixture();
    }
}

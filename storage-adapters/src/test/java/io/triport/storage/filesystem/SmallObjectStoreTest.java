package io.triport.storage.filesystem;

import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;

/** The directory as it is opened by apps: small objects lie in its index, others in files. */
final class SmallObjectStoreTest extends ObjectStoreContract {
    @Override
    protected String adapter() {
        return "filesystem-small";
    }

    @Override
    protected ObjectFixture create() {
        return new DirectoryFixture(ObjectDirectory.SMALL_BYTES);
    }
}

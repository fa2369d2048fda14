package io.triport.storage.cloudflare;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class CloudflareKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "cloudflare";
    }

    @Override
    protected StorageFixture create() {
        return new AccountFixture();
    }
}

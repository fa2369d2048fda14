package io.triport.storage.cloudflare;

import io.triport.testkit.KeyCatalogueContract;
import io.triport.testkit.StorageFixture;

final class CloudflareKeyCatalogueTest extends KeyCatalogueContract {

    @Override
    protected StorageFixture create() {
        return new AccountFixture();
    }
}

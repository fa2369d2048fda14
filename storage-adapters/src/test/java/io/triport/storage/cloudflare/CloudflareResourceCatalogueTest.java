package io.triport.storage.cloudflare;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class CloudflareResourceCatalogueTest extends ResourceCatalogueContract {

    @Override
    protected StorageFixture create() {
        return new AccountFixture();
    }
}

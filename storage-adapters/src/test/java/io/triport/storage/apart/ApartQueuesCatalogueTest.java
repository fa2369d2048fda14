package io.triport.storage.apart;

import io.triport.testkit.ResourceCatalogueContract;
import io.triport.testkit.StorageFixture;

final class ApartQueuesCatalogueTest extends ResourceCatalogueContract {
    @Override
    protected StorageFixture create() {
        return ApartQueuesFixture.create();
    }
}

package io.triport.storage.cloudflare;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class CloudflareTogetherTest extends TogetherContract {

    @Override
    protected StorageFixture create() {
        return new AccountFixture();
    }
}

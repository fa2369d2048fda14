package io.triport.identity.stream;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.ContentContract;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

final class LimitedContentContractTest extends ContentContract.OfOneReader {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Override
    protected Content content(Bytes whole) {
        return new LimitedContent(StreamedBodyContractTest.body(threads, whole), ByteSize.ofBytes(whole.size() + 1L));
    }
}

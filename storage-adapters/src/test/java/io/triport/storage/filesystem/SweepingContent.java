package io.triport.storage.filesystem;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** A body that runs something before each of its pieces. */
record SweepingContent(Content content, Runnable between) implements Content {
    @Override
    public OptionalLong length() {
        return content.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> content.bytes().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                between.run();
                subscriber.onNext(piece);
            }

            @Override
            public void onError(Throwable thrown) {
                subscriber.onError(thrown);
            }

            @Override
            public void onComplete() {
                between.run();
                subscriber.onComplete();
            }
        });
    }

    @Override
    public Content limitedTo(ByteSize most) {
        return content.limitedTo(most);
    }

    @Override
    public Bytes buffered() {
        return content.buffered();
    }

    @Override
    public void close() {
        content.close();
    }
}

package io.triport.storage.endpoint;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request and its answer, wherever they are. Safe for many threads. */
final class Exchange implements Sent {
    private final Call call;
    private final Reception reception;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile @Nullable Connection connection;

    Exchange(Call call, Reception reception) {
        this.call = call;
        this.reception = reception;
    }

    Call call() {
        return call;
    }

    /** @return false where nobody wants it any more */
    boolean attach(Connection to) {
        connection = to;
        return !cancelled;
    }

    void answered(Head head, Incoming body) {
        if (told.compareAndSet(false, true)) {
            reception.answered(head, body);
        }
    }

    void failed(Throwable cause) {
        if (told.compareAndSet(false, true)) {
            reception.failed(cause);
        }
    }

    boolean answered() {
        return told.get();
    }

    @Override
    public void cancel() {
        cancelled = true;
        var open = connection;
        if (open != null) {
            open.cancel(this);
        }
    }
}

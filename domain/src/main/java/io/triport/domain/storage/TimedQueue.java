package io.triport.domain.storage;

import io.triport.domain.queue.Lease;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.queue.Peeked;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueMetrics;
import io.triport.domain.queue.SettleOutcome;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.MessageId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A queue whose calls are told to the log. */
final class TimedQueue implements Queue {
    private final Queue queue;
    private final CallTimer timer;

    TimedQueue(Queue queue, CallTimer timer) {
        this.queue = queue;
        this.timer = timer;
    }

    @Override
    public MessageId send(Message message) {
        return timer.change(
                "send",
                () -> queue.send(message),
                id -> told("sent", 1).bringing(message.body().size()));
    }

    @Override
    public List<MessageId> sendAll(List<Message> messages) {
        return timer.change(
                "send-all",
                () -> queue.sendAll(messages),
                ids -> told("sent", ids.size()).bringing(sizes(messages.stream().map(Message::body))));
    }

    @Override
    public List<Lease> pull(PullRequest request) {
        return timer.change(
                "pull",
                () -> queue.pull(request),
                leases -> told("leased", leases.size())
                        .giving(sizes(
                                leases.stream().map(lease -> lease.delivery().body()))));
    }

    @Override
    public SettleOutcome settle(List<Settlement> settlements) {
        return timer.change("settle", () -> queue.settle(settlements), outcome -> told("acked", outcome.acked()));
    }

    @Override
    public List<Peeked> peek(int count) {
        return timer.read(
                "peek",
                () -> queue.peek(count),
                found -> told("found", found.size())
                        .giving(sizes(
                                found.stream().map(peeked -> peeked.delivery().body()))));
    }

    @Override
    public Set<MessageRef> discard(Set<MessageRef> refs) {
        return timer.change(
                "discard", () -> queue.discard(refs), unknown -> told("discarded", refs.size() - unknown.size()));
    }

    @Override
    public void purge() {
        timer.change(
                "purge",
                () -> {
                    queue.purge();
                    return true;
                },
                done -> new StorageCall.Done("purged", done.toString()));
    }

    @Override
    public QueueMetrics metrics() {
        return timer.read(
                "metrics", queue::metrics, metrics -> new StorageCall.Done("waiting", Long.toString(metrics.count())));
    }

    private static long sizes(Stream<Bytes> bodies) {
        return bodies.mapToLong(Bytes::size).sum();
    }

    private static StorageCall.Done told(String name, int count) {
        return new StorageCall.Done(name, Integer.toString(count));
    }
}

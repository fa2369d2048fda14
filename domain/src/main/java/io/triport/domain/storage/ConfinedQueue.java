package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.queue.Peeked;
import io.triport.domain.queue.Producer;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueMetrics;
import io.triport.domain.queue.SettleOutcome;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import java.util.List;
import java.util.Set;

/** A queue as far as a grant reaches. What is sent says who sent it: the grant's principal, whatever the message claims. */
final class ConfinedQueue implements Queue {
    private final Queue queue;
    private final GrantGuard guard;
    private final QueueName name;

    ConfinedQueue(Queue queue, GrantGuard guard, QueueName name) {
        this.queue = queue;
        this.guard = guard;
        this.name = name;
    }

    @Override
    public MessageId send(Message message) {
        require(Action.QUEUE_SEND);
        return queue.send(ours(message));
    }

    @Override
    public List<MessageId> sendAll(List<Message> messages) {
        require(Action.QUEUE_SEND);
        return queue.sendAll(messages.stream().map(this::ours).toList());
    }

    @Override
    public List<Lease> pull(PullRequest request) {
        require(Action.QUEUE_PULL);
        return queue.pull(request);
    }

    @Override
    public SettleOutcome settle(List<Settlement> settlements) {
        require(Action.QUEUE_SETTLE);
        return queue.settle(settlements);
    }

    @Override
    public List<Peeked> peek(int count) {
        require(Action.QUEUE_PEEK);
        return queue.peek(count);
    }

    @Override
    public Set<MessageRef> discard(Set<MessageRef> refs) {
        require(Action.QUEUE_PURGE);
        return queue.discard(refs);
    }

    @Override
    public void purge() {
        require(Action.QUEUE_PURGE);
        queue.purge();
    }

    @Override
    public QueueMetrics metrics() {
        require(Action.QUEUE_METRICS);
        return queue.metrics();
    }

    private void require(Action action) {
        guard.require(action, ResourceName.container(name.text()));
    }

    private Message ours(Message message) {
        return message.from(Producer.shortened(guard.grant().principal().id().toString()));
    }
}

package io.triport.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.queue.Message;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.StorageLevel;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.SettableClock;
import org.junit.jupiter.api.Test;

final class BacklogsTest {
    private static final QueueDefinition JOBS = QueueDefinition.of(new QueueName("jobs"));

    private final FakeStorageEngine engine = new FakeStorageEngine(SettableClock.anywhere());

    @Test
    void messages_are_told_as_they_were_last_counted_and_nothing_is_told_before() {
        try (var backlogs = new Backlogs(engine, QueueDefinitions.of(JOBS))) {
            var level = backlogs.levels().getFirst();
            assertThat(level.kind()).isEqualTo(StorageLevel.Kind.BACKLOG);
            assertThat(level.adapter()).isEqualTo("fake");
            assertThat(level.part()).isEqualTo("jobs");
            assertThat(level.now().getAsDouble()).isNaN();

            engine.queue(JOBS).send(Message.of(BodyType.BYTES, Bytes.utf8("m")));
            engine.queue(JOBS).send(Message.of(BodyType.BYTES, Bytes.utf8("m")));
            backlogs.count();
            engine.queue(JOBS).send(Message.of(BodyType.BYTES, Bytes.utf8("m")));

            assertThat(level.now().getAsDouble()).isEqualTo(2);
        }
    }
}

package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.Inbound;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.identity.log.RequestLog;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The lines of an event by layer. */
final class EventsTest {
    private static final QueueName JOBS = new QueueName("jobs");
    private static final TaskName TASK = new TaskName("test-work");

    private enum Task implements SystemTask {
        WORK;

        @Override
        public TaskName taskName() {
            return TASK;
        }

        @Override
        public Permissions permissions() {
            return Permissions.of(new Permission(
                    Set.of(Action.QUEUE_SEND), Set.of(ResourcePattern.exactly(JOBS.text())), Set.of(KeyPrefix.EVERY)));
        }
    }

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final RequestLog log = new RequestLog(new SimpleMeterRegistry(), ticker);
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            Storage.Beside.NOTHING.withQueues(QueueDefinitions.of(QueueDefinition.of(JOBS))),
            clock,
            ticker,
            log);
    private final Events events = new Events(new AccessGate(Set.of(), Set.of(Task.WORK), clock, log), log, ticker);
    private final Logger logger = (Logger) LoggerFactory.getLogger("triport");
    private final Level levelBefore = logger.getEffectiveLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void silence() {
        logger.detachAppender(lines);
        logger.setLevel(levelBefore);
    }

    @Test
    @Tag("R-10")
    void a_tick_is_told_by_each_layer_in_the_order_of_its_way_under_one_id() {
        pass(new Scheduled(new RequestId("tick"), clock.instant(), TASK, clock.instant(), 2));

        assertThat(layers())
                .containsExactly(
                        "triport.request received",
                        "triport.identity admitted",
                        "triport.storage done",
                        "triport.request answered");
        assertThat(lines.list).allSatisfy(line -> assertThat(fields(line)).startsWith("request=tick"));
        assertThat(fields(lines.list.getFirst()))
                .contains("event=scheduled task=test-work")
                .endsWith("attempt=2");
        assertThat(fields(lines.list.getLast())).isEqualTo("request=tick outcome=done ms=3.0");
    }

    @Test
    @Tag("R-10")
    void a_batch_is_told_by_each_layer_in_the_order_of_its_way_under_one_id() {
        pass(batch(TASK));

        assertThat(layers())
                .containsExactly(
                        "triport.request received",
                        "triport.identity admitted",
                        "triport.storage done",
                        "triport.request answered");
        assertThat(lines.list).allSatisfy(line -> assertThat(fields(line)).startsWith("request=batch"));
        assertThat(fields(lines.list.getFirst()))
                .isEqualTo("request=batch event=queue task=test-work queue=jobs messages=1");
    }

    @Test
    @Tag("R-10")
    void what_the_gate_refuses_never_comes_to_storage() {
        var refusal = events.pass(batch(new TaskName("stranger")), grant -> {
            throw new AssertionError("admitted");
        });

        assertThat(refusal).get().extracting(why -> why.reason()).isEqualTo(Reason.TASK_UNKNOWN);
        assertThat(layers())
                .containsExactly("triport.request received", "triport.identity refused", "triport.request answered");
        assertThat(fields(lines.list.getLast())).contains("outcome=refused");
    }

    @Test
    void work_that_fails_is_told_as_failed_and_its_failure_is_the_callers() {
        assertThatThrownBy(() -> events.pass(batch(TASK), grant -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(fields(lines.list.getLast())).contains("outcome=failed");
    }

    private void pass(Inbound event) {
        assertThat(events.pass(event, grant -> {
                    storage.queue(grant, JOBS).send(Message.text("more"));
                    ticker.advance(Duration.ofMillis(3));
                }))
                .isEmpty();
    }

    private QueueBatch batch(TaskName task) {
        var id = new MessageId("0".repeat(32));
        var now = clock.instant();
        var delivery =
                new Delivery(id, new Delivery.Origin(JOBS, id, now), BodyType.TEXT, Bytes.utf8("text"), now, 1, "");
        return new QueueBatch(new RequestId("batch"), now, task, JOBS, List.of(delivery));
    }

    private List<String> layers() {
        return lines.list.stream()
                .map(line -> line.getLoggerName() + " " + line.getFormattedMessage())
                .toList();
    }

    private static String fields(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + pair.value)
                .collect(Collectors.joining(" "));
    }
}

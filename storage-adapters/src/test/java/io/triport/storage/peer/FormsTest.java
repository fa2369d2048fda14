package io.triport.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.ForeignError;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.storage.durable.Access;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.HandedEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes between nodes is read as it was written, and nothing else is read. */
final class FormsTest {
    private static final ObjectClass TYPE = new ObjectClass("rooms");
    private static final ObjectIds IDS = new ObjectIds(TYPE);

    @Property(tries = 200)
    void an_event_is_the_same_on_the_other_side(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
            @ForAll boolean read,
            @ForAll byte[] body,
            @ForAll @Size(max = 5) @UniqueElements List<@IntRange(max = 1_000) Integer> waiting) {
        var address = new Address(TYPE, IDS.named(ObjectName.of(name)));
        var event = new HandedEvent(
                address,
                new ObjectEvent("POST /\u00e9\ud83d\ude00", Bytes.copyOf(body)),
                read ? Access.READ : Access.WRITE,
                Set.copyOf(waiting.stream()
                        .map(number -> new Address(TYPE, IDS.named(ObjectName.of("w" + number))))
                        .toList()));

        var there = EventForm.read(EventForm.write(event));

        assertThat(there).isEqualTo(event);
        assertThat(there.address().id().name()).isEqualTo(address.id().name());
    }

    @Property(tries = 500)
    void other_bytes_are_bad_input_whatever_they_are(@ForAll byte[] bytes) {
        var some = Bytes.copyOf(bytes);

        assertThatThrownBy(() -> EventForm.read(some)).isInstanceOf(InvalidInput.class);
        refusedOrRead(() -> SocketForm.message(some));
        refusedOrRead(() -> SocketForm.close(some));
        refusedOrRead(() -> FailureForm.read(some));
    }

    @Property(tries = 200)
    void an_event_that_was_cut_or_has_more_behind_it_is_bad_input(@ForAll @IntRange(max = 200) int cut) {
        var whole = EventForm.write(new HandedEvent(
                new Address(TYPE, IDS.named(ObjectName.of("room"))), new ObjectEvent("add"), Access.WRITE, Set.of()));

        assertThatThrownBy(() -> EventForm.read(whole.slice(0, cut % whole.size())))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> EventForm.read(whole.concat(Bytes.utf8("x")))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_id_of_another_class_is_bad_input() {
        var foreign = new ObjectIds(new ObjectClass("others")).named(ObjectName.of("room"));
        var event = new HandedEvent(new Address(TYPE, foreign), new ObjectEvent("add"), Access.WRITE, Set.of());

        assertThatThrownBy(() -> EventForm.read(EventForm.write(event))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void what_is_said_and_how_it_ends_is_the_same_on_the_other_side() {
        for (var message : List.of(
                new SocketMessage.Text(""),
                new SocketMessage.Text("\u00e9\ud83d\ude00"),
                new SocketMessage.Binary(Bytes.parseHex("00ff")))) {
            assertThat(SocketForm.message(SocketForm.write(message))).isEqualTo(message);
        }
        for (var how : List.of(SocketClose.DONE, SocketClose.CUT, new SocketClose(4999, "\u00e9nough"))) {
            assertThat(SocketForm.close(SocketForm.write(how))).isEqualTo(how);
        }
    }

    static List<StorageFailure> failures() {
        return List.of(
                new StorageFailure.Unavailable(FailureCode.FENCED, "one"),
                new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "one", "SlowDown"),
                new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, "two"),
                new StorageFailure.LimitExceeded(FailureCode.THROTTLED, "two", Duration.ofSeconds(7)),
                new StorageFailure.Corrupt("three"),
                new StorageFailure.AccessDenied("four"),
                new StorageFailure.Rejected(FailureCode.CONFLICT, "five").calledBy(new ForeignError(409, "Taken")),
                new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "six")
                        .at(new StatementError(2, "SQLITE_ERROR", "no such table")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_the_same_on_the_other_side(StorageFailure failure) {
        var there = (StorageFailure) FailureForm.read(FailureForm.write(failure));

        assertThat(there).hasSameClassAs(failure).hasMessage(failure.getMessage());
        assertThat(there.code()).isEqualTo(failure.code());
        assertThat(there.foreign()).isEqualTo(failure.foreign());
        assertThat(there.statement()).isEqualTo(failure.statement());
        if (failure instanceof StorageFailure.LimitExceeded limit) {
            assertThat(((StorageFailure.LimitExceeded) there).retryAfter()).isEqualTo(limit.retryAfter());
        }
        if (failure instanceof StorageFailure.Unavailable unavailable) {
            assertThat(((StorageFailure.Unavailable) there).theirCode()).isEqualTo(unavailable.theirCode());
        }
    }

    @Test
    void of_what_else_is_thrown_only_the_kind_is_told() {
        var there = FailureForm.read(FailureForm.write(new ArithmeticException("secret")));

        assertThat(there).isInstanceOf(FailedThere.class).hasMessageContaining("java.lang.ArithmeticException");
        assertThat(there.getMessage()).doesNotContain("secret");
    }

    @Property(tries = 200)
    void a_frame_is_the_same_on_the_other_side_and_bytes_before_it_are_not(
            @ForAll long exchange, @ForAll byte[] body, @ForAll @IntRange(max = 12) int kind) throws IOException {
        var frame = new Frame(Frame.Kind.values()[kind], exchange, Bytes.copyOf(body));
        var out = new ByteArrayOutputStream();
        frame.write(new DataOutputStream(out));

        assertThat(Frame.read(in(out.toByteArray()))).isEqualTo(frame);
        assertThat(out.size()).isEqualTo(frame.size());
        assertThatThrownBy(() -> Frame.read(in(new byte[] {0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Frame.read(in(new byte[] {0, 0, 0, 9, 0x55, 0, 0, 0, 0, 0, 0, 0, 0})))
                .isInstanceOf(IOException.class);
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private interface Read {
        Object get();
    }

    /** Few bytes are enough for some values; whatever is not one is told as bad input, and as nothing else. */
    private static void refusedOrRead(Read read) {
        try {
            assertThat(read.get()).isNotNull();
        } catch (InvalidInput e) {
            assertThat(e.field()).isNotEmpty();
        }
    }
}

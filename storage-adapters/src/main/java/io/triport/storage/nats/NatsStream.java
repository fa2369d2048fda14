package io.triport.storage.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.QueueServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream of a server. A connection that was cut, or has not answered, is made again by the next call. */
final class NatsStream implements EntryStream {
    /** What follows is JetStream's wire protocol (NATS documentation, "JetStream API Reference"). */
    private static final String API = "$JS.API.STREAM.";

    private static final String BEHIND = "Nats-Expected-Last-Sequence";
    private static final int OTHER_LAST = 10_071;
    private static final int NO_MESSAGE = 10_037;
    /** A server cuts a connection for which more than 64 MB wait. */
    private static final int ASKED_AT_ONCE = 32;

    private final NatsConnections connections;
    private final QueueServer server;
    private final Duration patience;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    /** @param patience how long an answer is waited for */
    NatsStream(NatsConnections connections, QueueServer server, Duration patience) {
        this.connections = connections;
        this.server = server;
        this.patience = patience;
    }

    @Override
    public Extent extent() {
        var answer = asked("INFO", new byte[0]);
        if (NatsAnswer.code(answer) == NatsAnswer.NO_STREAM) {
            answer = asked("CREATE", StreamForm.made(server));
        }
        NatsAnswer.require(answer);
        StreamForm.require(answer, server);
        return NatsAnswer.extent(answer);
    }

    @Override
    public Map<Long, Bytes> read(Collection<Long> numbers) {
        var all = List.copyOf(numbers);
        var found = new HashMap<Long, Bytes>();
        for (var from = 0; from < all.size(); from += ASKED_AT_ONCE) {
            read(all.subList(from, Math.min(all.size(), from + ASKED_AT_ONCE)), found);
        }
        return found;
    }

    private void read(List<Long> numbers, Map<Long, Bytes> found) {
        var connected = connected();
        var asked = new LinkedHashMap<Long, CompletableFuture<Message>>();
        for (var number : numbers) {
            asked.put(number, begun(() -> connected.request(subject("MSG.GET"), json("{\"seq\":" + number + "}"))));
        }
        asked.forEach((number, future) -> {
            var answer = answer(connected, future);
            if (NatsAnswer.code(answer) == NO_MESSAGE) {
                throw new Gone(number);
            }
            NatsAnswer.require(answer);
            found.put(number, NatsAnswer.data(answer));
        });
    }

    @Override
    public Appended append(long behind, byte[] entry) {
        var connected = connected();
        var headers = new Headers().add(BEHIND, Long.toString(behind));
        var future = begun(() -> connected.request(StreamForm.subject(server), headers, entry));
        var message = awaited(connected, future);
        if (message.isEmpty()) {
            return Appended.UNANSWERED;
        }
        var answer = NatsAnswer.parse(message.get());
        if (!answer.has("error")) {
            return Appended.DONE;
        }
        if (NatsAnswer.isFull(answer)) {
            throw NatsAnswer.failure(answer);
        }
        return NatsAnswer.code(answer) == OTHER_LAST ? Appended.REFUSED : Appended.UNANSWERED;
    }

    @Override
    public void cut(long before) {
        NatsAnswer.require(asked("PURGE", json("{\"seq\":" + before + "}")));
    }

    @Override
    public void close() {
        closed = true;
        drop(connection);
    }

    private JsonNode asked(String operation, byte[] question) {
        var connected = connected();
        return answer(connected, begun(() -> connected.request(subject(operation), question)));
    }

    private JsonNode answer(Connection connected, CompletableFuture<Message> future) {
        return NatsAnswer.parse(awaited(connected, future)
                .orElseThrow(() -> new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: no answer")));
    }

    private Connection connected() {
        var present = connection;
        if (present != null && present.getStatus() == Connection.Status.CONNECTED) {
            return present;
        }
        drop(present);
        if (closed) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: closed");
        }
        var made = connections.connect();
        connection = made;
        if (closed) {
            drop(made);
        }
        return made;
    }

    /** @throws StorageFailure.Unavailable UNAVAILABLE for what was not sent */
    private static CompletableFuture<Message> begun(Supplier<CompletableFuture<Message>> request) {
        try {
            return request.get();
        } catch (IllegalStateException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: no connection", e);
        }
    }

    /** @return empty where there may have been an answer. @throws StorageFailure.Unavailable where nobody has got the question */
    private Optional<Message> awaited(Connection connected, CompletableFuture<Message> future) {
        try {
            return Optional.of(future.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JetStreamStatusException) {
                throw new StorageFailure.Unavailable(
                        FailureCode.UNAVAILABLE,
                        "nats: nobody answers for JetStream (expected: a server that has it)",
                        e);
            }
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (TimeoutException e) {
            // Whatever keeps it silent, a new one may be better off.
            drop(connected);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void drop(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String subject(String operation) {
        return API + operation + "." + server.stream();
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.kv.wire.JsonReader;
import io.triport.kv.wire.JsonWriter;
import io.triport.kv.wire.KvRefused;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows how the KV proxy reads bodies to tests of other packages. */
public final class KvBodies {
    private static final List<Function<Bytes, KvCommand>> COMMANDS = List.of(
            KvCommand.Get::parse,
            KvCommand.GetMany::parse,
            KvCommand.Put::parse,
            KvCommand.PutMany::parse,
            KvCommand.Delete::parse,
            KvCommand.DeleteMany::parse,
            KvCommand.ListNames::parse);

    private KvBodies() {}

    /** How many operations take the body; the others refuse it in the protocol's words. */
    public static long takers(Bytes body) {
        return COMMANDS.stream()
                .flatMap(command -> read(command, body).stream())
                .count();
    }

    private static Optional<KvCommand> read(Function<Bytes, KvCommand> command, Bytes body) {
        try {
            return Optional.of(command.apply(body));
        } catch (KvRefused | InvalidInput | StorageFailure e) {
            return Optional.empty();
        }
    }

    /** The same JSON as it would be stored; the bytes themselves when they are none. */
    public static Bytes compact(Bytes json) {
        try {
            return new JsonWriter().value(JsonReader.read(json)).bytes();
        } catch (InvalidInput e) {
            return json;
        }
    }
}

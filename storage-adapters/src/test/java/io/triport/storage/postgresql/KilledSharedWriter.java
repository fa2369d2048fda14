package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.s3.TestEndpoint;
import io.triport.storage.shared.SharedObjects;
import io.triport.testkit.KilledObjectWriter;
import java.net.URI;
import java.time.Clock;

/** The node that is killed. */
final class KilledSharedWriter {
    private KilledSharedWriter() {}

    /** The database, its user's password, the endpoint, and the step. */
    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of(arguments[1]));
        var clock = Clock.systemUTC();
        var randomness = Randomness.system();
        var armed = new ArmedIndex(step -> {
            if (step.equals(arguments[3])) {
                KilledObjectWriter.reached(System.out);
            }
        });
        try (var node = PostgreSqlStorage.openMigrated(settings, clock, Ticker.system(), randomness)) {
            var index = armed.armed(node.objects(SharedFixture.INDEX));
            var store = armed.armed(TestEndpoint.store(URI.create(arguments[2])));
            var objects = SharedObjects.open(index, () -> store, Bytes.utf8(SharedFixture.PREFIX), clock, randomness);
            KilledObjectWriter.write(objects.store(Versioning.OFF));
        }
    }
}

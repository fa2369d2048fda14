package io.triport.kv;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.request.Bytes;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import io.triport.kv.wire.KvRefused;
import java.time.Duration;
import java.util.List;

/** What a request asks for, read from its body (protocol section 4). Unknown fields are ignored. */
sealed interface KvCommand {
    /** Empty for requests without one. */
    String namespace();

    /** How a value is to be shown. */
    enum Type {
        JSON,
        TEXT
    }

    /** Whether metadata and expiration are wanted beside the value. */
    enum Extras {
        NONE,
        METADATA
    }

    record Get(String namespace, String key, Type type, Extras extras) implements KvCommand {
        static Get parse(Bytes body) {
            var fields = CommandBody.required(body);
            var extras = fields.get("withMetadata")
                    .filter(new Json.Truth(true)::equals)
                    .map(asked -> Extras.METADATA)
                    .orElse(Extras.NONE);
            return new Get(fields.namespace(), fields.key(), fields.type(), extras);
        }
    }

    record GetMany(String namespace, List<String> keys, Type type) implements KvCommand {
        static GetMany parse(Bytes body) {
            var fields = CommandBody.required(body);
            var keys = fields.keys(KvLimits.GET_MANY_KEYS);
            return new GetMany(fields.namespace(), keys, fields.type());
        }
    }

    record Put(String namespace, Item item) implements KvCommand {
        static Put parse(Bytes body) {
            var fields = CommandBody.required(body);
            return new Put(fields.namespace(), Item.parse(fields));
        }
    }

    record PutMany(String namespace, List<Item> items) implements KvCommand {
        static PutMany parse(Bytes body) {
            var fields = CommandBody.required(body);
            var items = fields.array("items", KvLimits.BULK_ENTRIES).stream()
                    .map(item -> {
                        if (item instanceof Json.Members members) {
                            return Item.parse(new CommandBody(members));
                        }
                        throw KvRefused.invalid("items must be objects");
                    })
                    .toList();
            return new PutMany(fields.namespace(), items);
        }
    }

    record Delete(String namespace, String key) implements KvCommand {
        static Delete parse(Bytes body) {
            var fields = CommandBody.required(body);
            return new Delete(fields.namespace(), fields.key());
        }
    }

    record DeleteMany(String namespace, List<String> keys) implements KvCommand {
        static DeleteMany parse(Bytes body) {
            var fields = CommandBody.required(body);
            return new DeleteMany(fields.namespace(), fields.keys(KvLimits.BULK_ENTRIES));
        }
    }

    /** @param limit as asked, {@link Integer#MAX_VALUE} when it is not a number. @param cursor empty for none */
    record ListNames(String namespace, String prefix, int limit, String cursor) implements KvCommand {
        static ListNames parse(Bytes body) {
            var fields = CommandBody.of(body);
            return new ListNames(
                    fields.namespace(),
                    fields.text("prefix").orElse(""),
                    fields.number("limit")
                            .map(limit -> (int) Math.max(1, Math.floor(limit)))
                            .orElse(Integer.MAX_VALUE),
                    fields.text("cursor").orElse(""));
        }
    }

    /** A key with what is to be stored under it. @param value compact JSON */
    record Item(String key, Bytes value, KvMetadata metadata, Expiry expiry) {
        /** Beyond this many seconds a lifetime is the same as none. */
        private static final double AGES = 1e15;

        static Item parse(CommandBody fields) {
            var key = fields.key();
            var value = fields.get("value").orElseThrow(() -> KvRefused.invalid("value is required"));
            var metadata = fields.get("metadata")
                    .map(json -> new KvMetadata(new JsonWriter().value(json).bytes()))
                    .orElse(KvMetadata.NONE);
            return new Item(key, new JsonWriter().value(value).bytes(), metadata, expiry(fields));
        }

        KvEntry entry() {
            return KvEntry.of(value).with(metadata).expiring(expiry);
        }

        /** A lifetime above zero but below a second has no meaning in whole seconds, as 0 has none. */
        private static Expiry expiry(CommandBody fields) {
            return fields.number("ttlSeconds")
                    .map(Math::floor)
                    .filter(seconds -> seconds >= 1 && seconds < AGES)
                    .map(seconds -> Expiry.after(Duration.ofSeconds(seconds.longValue())))
                    .orElse(Expiry.NEVER);
        }
    }
}

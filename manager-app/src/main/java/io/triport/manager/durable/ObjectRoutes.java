package io.triport.manager.durable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.KeptObject;
import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.durable.Inventory.Place;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/durable-objects}: which there are, their names and alarms, and what they keep. Only looks. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ObjectRoutes implements Routes {
    private static final String CLASSES = "/api/durable-objects";
    private static final String OBJECTS = CLASSES + "/{class}/objects";
    private static final String ONE = OBJECTS + "/{object}";
    private static final String STATE = ONE + "/state";
    private static final String ENTRY = STATE + "/{entry}";

    private static final int USUAL = 100;
    private static final int MOST = 500;

    /** Counting takes a step for each. */
    private static final int MOST_COUNTED = 10_000;

    /** Bytes of each value in a list. */
    private static final int BEGINNING = 1_024;

    /** The longest form of a byte in JSON, as text and as the bytes of the answer. */
    private static final long COPIES = 12;

    private final Inventory inventory;

    ObjectRoutes(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(CLASSES, this::classes),
                Route.get(OBJECTS, this::objects),
                Route.get(ONE, this::object),
                Route.get(STATE, this::state),
                Route.get(ENTRY, this::entry));
    }

    private StreamReply classes(Call call) {
        var open = inventory.open(call.grant());
        var shown = Json.array();
        for (var type : open.classes()) {
            var count = open.count(type, MOST_COUNTED + 1);
            shown.addObject()
                    .put("class", type.text())
                    .put("objects", Math.min(count, MOST_COUNTED))
                    .put("more", count > MOST_COUNTED);
        }
        return Replies.ok(Json.object().set("classes", shown));
    }

    private StreamReply objects(Call call) {
        var type = type(call);
        var query = call.query();
        var name = query.text("name").filter(text -> !text.isEmpty());
        var page = name.isPresent()
                ? named(call, type, ObjectName.of(name.get()))
                : inventory.objects(call.grant(), type, query, query.number("limit", 1, MOST, USUAL));
        var shown = Json.object();
        var objects = shown.putArray("objects");
        page.objects().forEach(object -> objects.add(shown(object)));
        return paged(shown, inventory.next(type, page));
    }

    private KeptObjects named(Call call, ObjectClass type, ObjectName name) {
        var found = inventory.open(call.grant()).find(type, new ObjectIds(type).named(name));
        return new KeptObjects.Last(found.stream().map(ObjectSummary::object).toList());
    }

    private StreamReply object(Call call) {
        var found = require(call, place(call));
        return Replies.ok(shown(found.object()).put("entries", found.entries()).put("bytes", found.bytes()));
    }

    private StreamReply state(Call call) {
        var place = place(call);
        require(call, place);
        var query = call.query();
        var limit = query.number("limit", 1, MOST, USUAL);
        var part = inventory.state(call.grant(), place, query, limit, BEGINNING);
        var shown = Json.object();
        var entries = shown.putArray("entries");
        part.shown().forEach(entry -> entries.add(shown(entry)));
        return paged(shown, part.next());
    }

    private StreamReply entry(Call call) {
        var place = place(call);
        var key = key(call.variable("entry"));
        call.hold(COPIES * inventory.entry(call.grant(), place, key, 0).size());
        return Replies.ok(shown(inventory.entry(call.grant(), place, key, ObjectState.MOST_BYTES)));
    }

    private ObjectClass type(Call call) {
        return inventory.require(call.grant(), call.variable("class"));
    }

    private Place place(Call call) {
        var type = type(call);
        return new Place(type, new ObjectIds(type).parse(call.variable("object")));
    }

    private ObjectSummary require(Call call, Place place) {
        return inventory
                .open(call.grant())
                .find(place.type(), place.id())
                .orElseThrow(Problem.DURABLE_OBJECT_NOT_FOUND::refused);
    }

    private static StateKey key(String hex) {
        try {
            return new StateKey(Bytes.parseHex(hex));
        } catch (InvalidInput e) {
            throw Problem.INVALID_ARGUMENT.refused("The entry must be the hexadecimal digits of 1..2048 bytes");
        }
    }

    private static StreamReply paged(ObjectNode shown, String next) {
        return Replies.ok(shown.put("cursor", next).put("list_complete", next.isEmpty()));
    }

    private static ObjectNode shown(KeptObject object) {
        var shown = Json.object().put("id", object.id().toString());
        object.id()
                .name()
                .ifPresentOrElse(name -> shown.put("name", name.bytes().toUtf8()), () -> shown.putNull("name"));
        switch (object.alarm()) {
            case KeptAlarm.None none -> shown.putNull("alarm");
            case KeptAlarm.Due(var at, var scheduledAt, var retries) ->
                shown.putObject("alarm")
                        .put("at", Moments.text(at))
                        .put("scheduled_at", Moments.text(scheduledAt))
                        .put("retries", retries);
        }
        return shown;
    }

    private static ObjectNode shown(StateGlance entry) {
        var key = entry.key().bytes();
        var shown = ReadableBytes.of(key, true).in(Json.object().put("key_hex", key.toHex()), "key");
        return ReadableBytes.of(entry.beginning(), entry.whole())
                .in(shown.put("size", entry.size()).put("whole", entry.whole()), "value");
    }
}

package io.triport.manager.cloudflare.r2;

import io.triport.domain.access.ActionNames;
import io.triport.domain.identity.Action;
import io.triport.manager.answer.Fields;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What temporary credentials are for, by Cloudflare's names. None of them makes or removes buckets, which no session does. */
enum Reach {
    ADMIN_READ_WRITE(List.of("read", "write"), Set.of(Action.BUCKET_GET_CONFIG, Action.BUCKET_PUT_CONFIG)),
    ADMIN_READ_ONLY(List.of("read"), Set.of(Action.BUCKET_GET_CONFIG)),
    OBJECT_READ_WRITE(List.of("read", "write"), Set.of()),
    OBJECT_READ_ONLY(List.of("read"), Set.of());

    /** What shows of more than one object. */
    private static final Set<Action> LISTINGS =
            Set.of(Action.OBJECT_LIST, Action.OBJECT_LIST_VERSIONS, Action.UPLOAD_LIST);

    private final Set<Action> onBucket;
    private final Set<Action> onObjects;

    Reach(List<String> groups, Set<Action> onBucket) {
        var actions = EnumSet.noneOf(Action.class);
        actions.addAll(ActionNames.parse(groups));
        actions.remove(Action.BUCKET_GET_CONFIG);
        this.onObjects = Set.copyOf(actions);
        this.onBucket = onBucket;
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static Reach named(String name) {
        return Arrays.stream(values())
                .filter(reach -> reach.text().equals(name))
                .findFirst()
                .orElseThrow(() -> Fields.invalid(
                        "permission", "admin-read-write, admin-read-only, object-read-write or object-read-only"));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** To a whole bucket, with its settings. */
    Set<Action> wholly() {
        var actions = EnumSet.noneOf(Action.class);
        actions.addAll(onObjects);
        actions.addAll(onBucket);
        return actions;
    }

    /** To what lies under a prefix: the settings of the bucket lie under none. */
    Set<Action> under() {
        return onObjects;
    }

    /** To single objects. */
    Set<Action> singly() {
        var actions = EnumSet.copyOf(onObjects);
        actions.removeAll(LISTINGS);
        return actions;
    }
}

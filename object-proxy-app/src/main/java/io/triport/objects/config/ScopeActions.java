package io.triport.objects.config;

import io.triport.domain.identity.Action;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The actions of scopes by their names in configurations, groups of them included. */
final class ScopeActions {
    private static final Map<String, Set<Action>> NAMES = names();

    private ScopeActions() {}

    private static Map<String, Set<Action>> names() {
        var names = new LinkedHashMap<String, Set<Action>>();
        names.put("get_object", EnumSet.of(Action.OBJECT_GET));
        names.put("get_object_version", EnumSet.of(Action.OBJECT_GET_VERSION));
        names.put("head_object", EnumSet.of(Action.OBJECT_HEAD));
        names.put("put_object", EnumSet.of(Action.OBJECT_PUT));
        names.put("delete_object", EnumSet.of(Action.OBJECT_DELETE));
        names.put("delete_object_version", EnumSet.of(Action.OBJECT_DELETE_VERSION));
        names.put("list_bucket", EnumSet.of(Action.OBJECT_LIST));
        names.put("list_bucket_versions", EnumSet.of(Action.OBJECT_LIST_VERSIONS));
        names.put("list_multipart_uploads", EnumSet.of(Action.UPLOAD_LIST));
        names.put("create_multipart_upload", EnumSet.of(Action.UPLOAD_START));
        names.put("upload_part", EnumSet.of(Action.UPLOAD_PUT_PART));
        names.put("complete_multipart_upload", EnumSet.of(Action.UPLOAD_COMPLETE));
        names.put("abort_multipart_upload", EnumSet.of(Action.UPLOAD_ABORT));
        names.put("list_parts", EnumSet.of(Action.UPLOAD_LIST_PARTS));
        names.put("get_object_tagging", EnumSet.of(Action.OBJECT_GET_TAGS));
        names.put("put_object_tagging", EnumSet.of(Action.OBJECT_PUT_TAGS));
        names.put("delete_object_tagging", EnumSet.of(Action.OBJECT_DELETE_TAGS));
        names.put("get_bucket_config", EnumSet.of(Action.BUCKET_GET_CONFIG));
        names.put("put_bucket_config", EnumSet.of(Action.BUCKET_PUT_CONFIG));
        names.put("create_bucket", EnumSet.of(Action.BUCKET_CREATE));
        names.put("delete_bucket", EnumSet.of(Action.BUCKET_DELETE));
        var all = EnumSet.noneOf(Action.class);
        names.values().forEach(all::addAll);
        var multipart = EnumSet.of(
                Action.UPLOAD_START,
                Action.UPLOAD_PUT_PART,
                Action.UPLOAD_COMPLETE,
                Action.UPLOAD_ABORT,
                Action.UPLOAD_LIST_PARTS,
                Action.UPLOAD_LIST);
        var read = EnumSet.of(
                Action.OBJECT_GET,
                Action.OBJECT_GET_VERSION,
                Action.OBJECT_HEAD,
                Action.OBJECT_LIST,
                Action.OBJECT_LIST_VERSIONS,
                Action.OBJECT_GET_TAGS,
                Action.BUCKET_GET_CONFIG);
        var write = EnumSet.of(
                Action.OBJECT_PUT,
                Action.OBJECT_DELETE,
                Action.OBJECT_DELETE_VERSION,
                Action.OBJECT_PUT_TAGS,
                Action.OBJECT_DELETE_TAGS);
        write.addAll(multipart);
        names.put("read", read);
        names.put("write", write);
        names.put("multipart", multipart);
        names.put("*", all);
        return names;
    }

    static List<String> known() {
        return List.copyOf(NAMES.keySet());
    }

    /** @throws IllegalArgumentException for a name that there is not */
    static Set<Action> of(String name) {
        var actions = NAMES.get(name);
        if (actions == null) {
            throw new IllegalArgumentException(name);
        }
        return actions;
    }
}

package io.triport.domain.keyvalue;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StoragePort;

/** The one listing that a cursor belongs to. @param arguments everything that the order or choice of rows depends on */
public record CursorScope(StoragePort port, String resource, Bytes arguments) {}

"""librdkafka's mock cluster, by ctypes from the library that confluent-kafka brings. No topic is known."""

import ctypes
import time
from types import TracebackType
from typing import Any, Self

import confluent_kafka.cimpl as cimpl

from stream.broker.problem import BrokerError

PRODUCER = 0  # rd_kafka_type_t; the mock cluster only borrows the handle's threads
ALL_BROKERS = -1
# The cluster's thread answers an order, then empties its bell. An order that comes between the two is not
# heard for a second: measured in one start of three with orders back to back.
BETWEEN_ORDERS = 0.002
POINTER, INT, INT32, TEXT, SIZE = (
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_int32,
    ctypes.c_char_p,
    ctypes.c_size_t,
)

# name: (what it returns, what it takes); without these ctypes cuts pointers to 32 bits
FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "rd_kafka_conf_new": (POINTER, []),
    "rd_kafka_conf_set": (INT, [POINTER, TEXT, TEXT, TEXT, SIZE]),
    "rd_kafka_new": (POINTER, [INT, POINTER, TEXT, SIZE]),
    "rd_kafka_destroy": (None, [POINTER]),
    "rd_kafka_err2str": (TEXT, [INT]),
    "rd_kafka_mock_cluster_new": (POINTER, [POINTER, INT]),
    "rd_kafka_mock_cluster_destroy": (None, [POINTER]),
    "rd_kafka_mock_cluster_bootstraps": (TEXT, [POINTER]),
    "rd_kafka_mock_topic_create": (INT, [POINTER, TEXT, INT, INT]),
    "rd_kafka_mock_group_initial_rebalance_delay_ms": (None, [POINTER, INT32]),
    "rd_kafka_mock_broker_set_host_port": (None, [POINTER, INT32, TEXT, INT]),
    "rd_kafka_mock_broker_set_down": (INT, [POINTER, INT32]),
    "rd_kafka_mock_broker_set_up": (INT, [POINTER, INT32]),
    "rd_kafka_mock_broker_set_rtt": (INT, [POINTER, INT32, INT]),
    "rd_kafka_mock_push_request_errors_array": (None, [POINTER, ctypes.c_int16, SIZE, POINTER]),
    "rd_kafka_mock_clear_request_errors": (None, [POINTER, ctypes.c_int16]),
}


def _load() -> ctypes.CDLL:
    """The extension module leads to the library it was linked with, wherever the wheel put that."""
    library = ctypes.CDLL(cimpl.__file__)
    for name, (returns, takes) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = returns, takes
    return library


class MockCluster:
    """One mock broker, gone with `close` or with the process."""

    def __init__(self) -> None:
        self._lib = _load()
        self._handle = self._new_handle()
        self._cluster = self._lib.rd_kafka_mock_cluster_new(self._handle, 1)
        if not self._cluster:
            self._lib.rd_kafka_destroy(self._handle)
            raise BrokerError("librdkafka could not start its mock cluster: is a loopback port free?")
        self._lib.rd_kafka_mock_group_initial_rebalance_delay_ms(self._cluster, 0)

    def _new_handle(self) -> int:
        message = ctypes.create_string_buffer(512)
        conf = self._lib.rd_kafka_conf_new()
        # It warns that it has no address to connect to, and of every request kind it does not know: noise.
        self._lib.rd_kafka_conf_set(conf, b"log_level", b"2", message, 512)
        handle = self._lib.rd_kafka_new(PRODUCER, conf, message, 512)
        if not handle:
            raise BrokerError(f"librdkafka gave no handle: {message.value.decode()}")
        return int(handle)

    @property
    def address(self) -> str:
        return str(self._lib.rd_kafka_mock_cluster_bootstraps(self._cluster).decode())

    def create_topic(self, name: str, partitions: int) -> None:
        time.sleep(BETWEEN_ORDERS)
        self._must(
            self._lib.rd_kafka_mock_topic_create(self._cluster, name.encode(), partitions, 1),
            f"topic {name}",
        )

    def advertise(self, host: str, port: int) -> None:
        """What clients are told to connect to."""
        self._lib.rd_kafka_mock_broker_set_host_port(self._cluster, 1, host.encode(), port)

    def down(self) -> None:
        self._must(self._lib.rd_kafka_mock_broker_set_down(self._cluster, ALL_BROKERS), "broker down")

    def up(self) -> None:
        self._must(self._lib.rd_kafka_mock_broker_set_up(self._cluster, ALL_BROKERS), "broker up")

    def set_rtt(self, ms: int) -> None:
        self._must(self._lib.rd_kafka_mock_broker_set_rtt(self._cluster, ALL_BROKERS, ms), "round-trip time")

    def push_errors(self, api_key: int, errors: tuple[int, ...]) -> None:
        array = (ctypes.c_int * len(errors))(*errors)
        self._lib.rd_kafka_mock_push_request_errors_array(self._cluster, api_key, len(errors), array)

    def clear_errors(self, api_key: int) -> None:
        self._lib.rd_kafka_mock_clear_request_errors(self._cluster, api_key)

    def _must(self, code: int, what: str) -> None:
        if code:
            raise BrokerError(f"embedded broker, {what}: {self._lib.rd_kafka_err2str(code).decode()}")

    def close(self) -> None:
        if self._cluster:
            time.sleep(BETWEEN_ORDERS)
            self._lib.rd_kafka_mock_cluster_destroy(self._cluster)
            self._lib.rd_kafka_destroy(self._handle)
            self._cluster = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

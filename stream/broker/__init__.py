"""A broker to run on: the embedded one, a local Apache Kafka; declaring and checking topics. No rule about news."""

"""Apache Kafka's jars, fetched once by Maven into a folder that every run shares. Nothing is started here."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from stream.broker.problem import BrokerError

KAFKA = "4.3.1"
LOG4J = "2.24.3"
SECONDS = 600  # for Maven: a first download takes 5 to 45

# kafka_2.13 is broker, controller and formatting; kafka-tools would be another 46 jars for nothing.
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.slugline</groupId>
  <artifactId>local-kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>{KAFKA}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>{LOG4J}</version>
    </dependency>
  </dependencies>
</project>
"""


def home() -> Path:
    """Where the jars are kept: SLUGLINE_KAFKA_HOME, or .kafka in the folder where the command runs."""
    return Path(os.environ.get("SLUGLINE_KAFKA_HOME") or ".kafka").resolve()


def java() -> str:
    return _program("java", "a Java 17 runtime (Debian: openjdk-17-jre-headless)")


def jars(base: Path) -> Path:
    """The folder of jars below `base`, filled if it is not yet there. BrokerError says why it cannot be."""
    libs = base / f"libs-{KAFKA}"
    if not libs.is_dir():
        base.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=base, prefix="fetch-") as folder:
            _settle(_fetch(Path(folder)), libs)
    return libs


def _fetch(folder: Path) -> Path:
    pom, libs = folder / "pom.xml", folder / "libs"
    pom.write_text(POM, encoding="utf-8")
    maven = _program("mvn", "Maven (Debian: maven), which fetches Apache Kafka's jars")
    command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={libs}"]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stdout.splitlines() if "ERROR" in line] or ["it did not say why"]
        raise BrokerError(f"Maven could not fetch Apache Kafka {KAFKA}: {said[0]}") from error
    except subprocess.TimeoutExpired as error:
        raise BrokerError(f"Maven fetched no Apache Kafka {KAFKA} in {SECONDS} s: is it online?") from error
    return libs


def _settle(fetched: Path, libs: Path) -> None:
    """Whole or not at all: another run may be doing the same."""
    try:
        fetched.rename(libs)
    except OSError:
        if not libs.is_dir():
            raise


def _program(name: str, what: str) -> str:
    if found := shutil.which(name):
        return found
    raise BrokerError(f"`{name}` is not on the path: a local Apache Kafka needs {what}")
